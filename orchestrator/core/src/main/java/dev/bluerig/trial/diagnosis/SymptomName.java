package dev.bluerig.trial.diagnosis;

/// A symptom as records keep it: its name alone, which an older report may hold though this bluerig has no such symptom any more.
public record SymptomName(String text) {
    public static SymptomName of(Symptom symptom) {
        return new SymptomName(symptom.name());
    }

    public boolean is(Symptom symptom) {
        return equals(of(symptom));
    }

    @Override
    public String toString() {
        return text;
    }
}
