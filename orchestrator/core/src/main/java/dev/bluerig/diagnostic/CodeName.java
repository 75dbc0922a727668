package dev.bluerig.diagnostic;

/// A code as records keep it: its name, and whose it is.
public record CodeName(String name, CodeFamily family) {
    public static CodeName of(Code code) {
        return new CodeName(code.name(), code.family());
    }

    public boolean is(Code code) {
        return equals(of(code));
    }

    @Override
    public String toString() {
        return name;
    }
}
