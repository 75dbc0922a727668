package dev.bluerig.fact.card;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where `mlx5_core` comes from: with MLNX_OFED or DOCA-OFED the distribution's CONFIG_MLX5_* says nothing.
/// `file` is absent when the kernel has no such module, `(builtin)` when it is linked in; `ofed` is what `ofed_info -s` prints.
public record Mlx5Driver(Optional<String> file, Optional<String> ofed) {
    private static final Pattern OUT_OF_TREE = Pattern.compile("/(updates|extra|weak-updates)/");

    public boolean outOfTree() {
        return file.filter(path -> OUT_OF_TREE.matcher(path).find()).isPresent();
    }

    public record Seen() implements Fact.Question<Mlx5Driver> {
        private static final Command MODINFO = Command.of("modinfo", "-F", "filename", "mlx5_core");
        private static final Command OFED = Command.of("ofed_info", "-s");

        @Override
        public Inquiry<Mlx5Driver> read() {
            return Inquiry.ask(List.of(MODINFO, OFED), replies -> {
                if (!(replies.get(0) instanceof Reply.Ran ran) || ran.status() == 127) return ToolReplies.unknown(MODINFO, replies.get(0));
                var file = ToolReplies.out(ran).map(String::strip).filter(path -> !path.isEmpty());
                var ofed = ToolReplies.out(replies.get(1)).map(text -> text.strip().replaceFirst(":$", "")).filter(text -> !text.isEmpty());
                return Reading.known(new Mlx5Driver(file, ofed));
            });
        }

        @Override
        public boolean lasting() {
            return true;
        }
    }
}
