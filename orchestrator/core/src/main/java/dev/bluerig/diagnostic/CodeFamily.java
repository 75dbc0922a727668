package dev.bluerig.diagnostic;

/// Who gives a code. `FORMER`: a code that stands in an older report, and that this bluerig does not know any more.
public enum CodeFamily { CONNECTION, ENGINE, FINDING, DEPLOY, AGENT, DRIVER, TRIAL, SYMPTOM, RUN, FORMER }
