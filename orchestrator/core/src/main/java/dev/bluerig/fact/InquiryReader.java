package dev.bluerig.fact;

import dev.bluerig.remote.Reply;
import java.util.List;

/// Goes through inquiries: where a question begins, and where it goes on with the answers. Both are pure, so who asks many machines may
/// keep what came of equal answers.
public interface InquiryReader {
    /// Works everything out anew.
    InquiryReader PLAIN = new InquiryReader() {};

    default Inquiry<?> read(Fact.Question<?> question) {
        return question.read();
    }

    default Inquiry<?> next(Inquiry.Ask<?> ask, List<Reply> answers) {
        try {
            return ask.then().apply(answers);
        } catch (IllegalArgumentException strange) {   // a parser met text that it does not know
            return new Reading.Unknown<>(ask.commands().getFirst() + ": " + strange.getMessage());
        }
    }
}
