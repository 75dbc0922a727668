package dev.bluerig.trial.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTextTest {
    @ParameterizedTest
    @CsvSource({"0, 0.000", "0.0001, 0.0001", "-0.0001, -0.0001", "0.00012345, 0.00012", "0.001, 0.001", "0.8, 0.800", "12.34567, 12.346"})
    void a_small_figure_does_not_look_like_none(double number, String shown) {
        assertEquals(shown, FigureText.figure(number));
    }
}
