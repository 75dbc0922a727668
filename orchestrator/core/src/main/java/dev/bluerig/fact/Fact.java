package dev.bluerig.fact;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/// Something that can be seen on a machine. Equal questions are asked once; a fact never changes a machine.
public sealed interface Fact<T> {
    Set<Question<?>> questions();

    /// A leaf. Implement as a record: equality is the key.
    non-sealed interface Question<T> extends Fact<T> {
        Inquiry<T> read();

        /// True for what no remedy of ours can change before a reboot (firmware, kernel): never asked twice in a run.
        default boolean lasting() {
            return false;
        }

        /// Which remedies of ours can change the answer: after others it is not asked again.
        default Set<Effect> changedBy() {
            return lasting() ? Set.of() : EnumSet.allOf(Effect.class);
        }

        /// Which changes that come first could make it known when it is unknown. A program that is missing is a matter of packages and need
        /// not be named; text that nobody can read stays so.
        default Set<Effect> knownAfter() {
            return Set.of(Effect.COMMAND);
        }

        @Override
        default Set<Question<?>> questions() {
            return Set.of(this);
        }
    }

    /// Two facts seen together; unknown if one of them is.
    record Both<A, B, T>(Fact<A> first, Fact<B> second, BiFunction<A, B, T> join) implements Fact<T> {
        @Override
        public Set<Question<?>> questions() {
            var all = new LinkedHashSet<Question<?>>(first.questions());
            all.addAll(second.questions());
            return all;
        }
    }

    /// A fact that may stay unknown: what is read is the reading itself.
    record Maybe<T>(Fact<T> fact) implements Fact<Reading<T>> {
        @Override
        public Set<Question<?>> questions() {
            return fact.questions();
        }
    }

    /// The same seen otherwise; it may be too little to tell.
    record Mapped<A, T>(Fact<A> fact, Function<A, Reading<T>> how) implements Fact<T> {
        @Override
        public Set<Question<?>> questions() {
            return fact.questions();
        }
    }

    /// Nothing needs to be seen.
    record Nothing<T>(T value) implements Fact<T> {
        @Override
        public Set<Question<?>> questions() {
            return Set.of();
        }
    }

    default <B, R> Fact<R> with(Fact<B> other, BiFunction<T, B, R> join) {
        return new Both<>(this, other, join);
    }

    default <B, C, R> Fact<R> with(Fact<B> second, Fact<C> third, OfThree<T, B, C, R> join) {
        return with(second, (a, b) -> (Function<C, R>) c -> join.of(a, b, c)).with(third, Function::apply);
    }

    default <B, C, D, R> Fact<R> with(Fact<B> second, Fact<C> third, Fact<D> fourth, OfFour<T, B, C, D, R> join) {
        return with(second, third, (a, b, c) -> (Function<D, R>) d -> join.of(a, b, c, d)).with(fourth, Function::apply);
    }

    default <B, C, D, E, R> Fact<R> with(Fact<B> second, Fact<C> third, Fact<D> fourth, Fact<E> fifth, OfFive<T, B, C, D, E, R> join) {
        return with(second, third, fourth, (a, b, c, d) -> (Function<E, R>) e -> join.of(a, b, c, d, e)).with(fifth, Function::apply);
    }

    /// What is made of three answers.
    interface OfThree<A, B, C, R> {
        R of(A first, B second, C third);
    }

    /// What is made of four answers.
    interface OfFour<A, B, C, D, R> {
        R of(A first, B second, C third, D fourth);
    }

    /// What is made of five answers.
    interface OfFive<A, B, C, D, E, R> {
        R of(A first, B second, C third, D fourth, E fifth);
    }

    default Fact<Reading<T>> maybe() {
        return new Maybe<>(this);
    }

    default <R> Fact<R> map(Function<T, R> how) {
        return flatMap(value -> Reading.known(how.apply(value)));
    }

    /// Goes on with what is known, which may tell nothing.
    default <R> Fact<R> flatMap(Function<T, Reading<R>> how) {
        return new Mapped<>(this, how);
    }
}
