package dev.bluerig.playbook;

import dev.bluerig.converge.EngineCode;
import dev.bluerig.diagnostic.Code;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.trial.agent.DriverCode;
import dev.bluerig.trial.agent.ExplainedAgentCode;
import dev.bluerig.trial.deploy.DeployCode;
import dev.bluerig.trial.diagnosis.Symptom;
import dev.bluerig.trial.run.TrialCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Every code of this room and the rooms below.
public final class CodeCatalogue {
    private CodeCatalogue() {}

    public static List<Code> all() {
        Code[] agent = ExplainedAgentCode.all().toArray(Code[]::new);
        var families = Stream.<Code[]>of(ConnectionCode.values(), EngineCode.values(), Finding.values(), agent,
            DeployCode.values(), DriverCode.values(), TrialCode.values(), Symptom.values());
        return families.flatMap(Arrays::stream).toList();
    }

    /// Codes are unlike each other over all families.
    public static Optional<Code> find(String code) {
        return all().stream().filter(each -> each.name().equals(code)).findFirst();
    }
}
