package dev.bluerig.remote;

/// What became of one command.
public sealed interface Reply {
    /// The status of a program that its own SIGALRM ended.
    int BY_ALARM = 128 + 14;

    /// It ended by itself. Output is decoded as UTF-8, bytes that are not UTF-8 become U+FFFD; `status` 127 = no such program.
    record Ran(int status, String out, String err) implements Reply {
        public boolean ok() {
            return status == 0;
        }
    }

    /// It was ended because its deadline passed.
    record TimedOut(String out, String err) implements Reply {}

    /// It printed more than the limit and was cut off there.
    record TooMuch(String out, String err) implements Reply {}

    /// An earlier step failed, so this one was not started; or the party of this question did not answer an earlier one.
    record NotRun() implements Reply {}
}
