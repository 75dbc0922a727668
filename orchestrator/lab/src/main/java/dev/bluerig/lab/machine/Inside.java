package dev.bluerig.lab.machine;

import java.util.ArrayList;
import java.util.List;

/// Runs programs as root in a machine without SSH: how tests drift, break and look at a machine when its sshd may be the thing that is broken.
public record Inside(String name, long pid) {
    /// What the program printed (standard error included) and its exit status.
    public record Result(int status, String output) {}

    public Result run(String... program) throws LabFailed {
        String process = Long.toString(pid);
        var words = new ArrayList<String>(List.of("nsenter", "--target", process, "--mount", "--uts", "--ipc", "--net",
            "--pid=/proc/" + process + "/ns/pid_for_children"));
        words.addAll(List.of(program));
        Programs.Ran ran = Programs.run(words);
        return new Result(ran.status(), ran.output());
    }

    /// The output; a failure of the program is a failure of the caller.
    public String output(String... program) throws LabFailed {
        Result result = run(program);
        if (result.status != 0) throw new LabFailed(name + ": " + String.join(" ", program) + " exited " + result.status + ": " + result.output.strip());
        return result.output;
    }
}
