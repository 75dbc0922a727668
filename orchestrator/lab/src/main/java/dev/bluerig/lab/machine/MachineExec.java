package dev.bluerig.lab.machine;

import java.util.ArrayList;
import java.util.List;

/// Runs programs as root in a machine without its SSH: how tests drift, break and look at a machine when its sshd may be the thing that is
/// broken.
public record MachineExec(String name, CommandPrefix way) {
    /// What the program printed (standard error included) and its exit status.
    public record Result(int status, String output) {}

    /// Says which words of the controller run a program there.
    public interface CommandPrefix {
        List<String> words(List<String> program);
    }

    /// By the process that holds a machine's name spaces on this very controller.
    public static MachineExec process(String name, long pid) {
        String process = Long.toString(pid);
        return new MachineExec(name, program -> {
            var words = new ArrayList<String>(List.of("nsenter", "--target", process, "--mount", "--uts", "--ipc", "--net",
                "--pid=/proc/" + process + "/ns/pid_for_children"));
            words.addAll(program);
            return words;
        });
    }

    public Result run(String... program) throws LabFailed {
        LabPrograms.Ran ran = LabPrograms.run(way.words(List.of(program)));
        return new Result(ran.status(), ran.output());
    }

    /// The output; a failure of the program is a failure of the caller.
    public String output(String... program) throws LabFailed {
        Result result = run(program);
        if (result.status != 0)
            throw new LabFailed(name + ": " + String.join(" ", program) + " exited " + result.status + ": " + result.output.strip());
        return result.output;
    }
}
