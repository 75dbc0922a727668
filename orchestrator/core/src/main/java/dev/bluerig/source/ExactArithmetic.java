package dev.bluerig.source;

import com.hubspot.jinjava.el.ExtendedSyntaxBuilder;
import com.hubspot.jinjava.el.TruthyTypeConverter;
import com.hubspot.jinjava.el.ext.AdditionOperator;
import com.hubspot.jinjava.el.ext.ExtendedParser;
import com.hubspot.jinjava.el.ext.PowerOfOperator;
import com.hubspot.jinjava.el.ext.TruncDivOperator;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BiFunction;
import jinjava.de.odysseus.el.ExpressionFactoryImpl;
import jinjava.de.odysseus.el.tree.Bindings;
import jinjava.de.odysseus.el.tree.TreeBuilder;
import jinjava.de.odysseus.el.tree.impl.Builder;
import jinjava.de.odysseus.el.tree.impl.Parser;
import jinjava.de.odysseus.el.tree.impl.Scanner;
import jinjava.de.odysseus.el.tree.impl.ast.AstBinary;
import jinjava.de.odysseus.el.tree.impl.ast.AstNode;
import jinjava.de.odysseus.el.tree.impl.ast.AstRightValue;
import jinjava.de.odysseus.el.tree.impl.ast.AstUnary;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ExpressionFactory;

/// Arithmetic on whole numbers that says so when a result is none; Jinjava's own goes round, or stops at the largest.
final class ExactArithmetic {
    private static final int BITS = 63;

    private ExactArithmetic() {}

    static ExpressionFactory factory() {
        return new ExpressionFactoryImpl(new Properties(), new TruthyTypeConverter()) {
            @Override
            protected TreeBuilder createTreeBuilder(Properties none, Builder.Feature... features) {
                return new Syntax(features);
            }
        };
    }

    private static final class Syntax extends ExtendedSyntaxBuilder {
        private static final long serialVersionUID = 1;

        Syntax(Builder.Feature... features) {
            super(features);
        }

        @Override
        protected Parser createParser(String expression) {
            return new Exactly(this, expression);
        }
    }

    private static final class Exactly extends ExtendedParser {
        private static final Map<AstBinary.Operator, AstBinary.Operator> EXACT = Map.of(
            AdditionOperator.OP, new Whole("+", Math::addExact, AdditionOperator.OP),
            AstBinary.ADD, new Whole("+", Math::addExact, AstBinary.ADD),
            AstBinary.SUB, new Whole("-", Math::subtractExact, AstBinary.SUB),
            AstBinary.MUL, new Whole("*", Math::multiplyExact, AstBinary.MUL));
        private static final AstBinary.Operator POWER = new Whole("**", ExactArithmetic::power, PowerOfOperator.OP);
        private static final AstBinary.Operator DIVISION =
            new Whole("//", (one, other) -> other == 0 ? one / other : Math.floorDivExact(one, other), TruncDivOperator.OP);

        Exactly(Builder builder, String expression) {
            super(builder, expression);
            handle(PowerOfOperator.TOKEN, PowerOfOperator.HANDLER, POWER);
            handle(TruncDivOperator.TOKEN, TruncDivOperator.HANDLER, DIVISION);
        }

        private void handle(Scanner.ExtensionToken token, ExtensionHandler usual, AstBinary.Operator operator) {
            putExtensionHandler(token, new ExtensionHandler(usual.getExtensionPoint()) {
                @Override
                public AstNode createAstNode(AstNode... sides) {
                    return new AstBinary(sides[0], sides[1], operator);
                }
            });
        }

        @Override
        protected AstBinary createAstBinary(AstNode left, AstNode right, AstBinary.Operator operator) {
            return super.createAstBinary(left, right, EXACT.getOrDefault(operator, operator));
        }

        @Override
        protected AstUnary createAstUnary(AstNode child, AstUnary.Operator operator) {
            if (operator == AstUnary.NEG && child instanceof SmallestMagnitude)
                return super.createAstUnary(child, (bindings, context, most) -> Long.MIN_VALUE);
            return super.createAstUnary(child, operator == AstUnary.NEG ? Exactly::negated : operator);
        }

        /// The sign of a number is an operator, and the least number has no positive one.
        @Override
        protected AstNode literal() throws Scanner.ScanException, Parser.ParseException {
            if (getToken().getSymbol() != Scanner.Symbol.INTEGER
                || !getToken().getImage().equals(SmallestMagnitude.IMAGE)) return super.literal();
            consumeToken();
            return new SmallestMagnitude();
        }

        private static Object negated(Bindings bindings, ELContext context, AstNode child) {
            Object value = child.eval(bindings, context);
            return value instanceof Long whole ? checked(whole, 1L, (one, none) -> Math.negateExact(one))
                : AstUnary.NEG.eval(bindings, context, new Known(value));
        }
    }

    /// Whole numbers exactly, all else as usual.
    private record Whole(String sign, BiFunction<Long, Long, Object> exact, AstBinary.Operator usual) implements AstBinary.Operator {
        @Override
        public Object eval(Bindings bindings, ELContext context, AstNode left, AstNode right) {
            Object one = left.eval(bindings, context);
            Object other = right.eval(bindings, context);
            return whole(one).flatMap(first -> whole(other).map(second -> checked(first, second, exact)))
                .orElseGet(() -> usual.eval(bindings, context, new Known(one), new Known(other)));
        }

        @Override
        public String toString() {
            return "'" + sign + "'";
        }
    }

    private static Optional<Long> whole(Object value) {
        return value instanceof Long || value instanceof Integer ? Optional.of(((Number) value).longValue()) : Optional.empty();
    }

    private static Object checked(Long one, Long other, BiFunction<Long, Long, Object> operation) {
        try {
            return operation.apply(one, other);
        } catch (ArithmeticException beyond) {
            if (other == 0) throw beyond;
            throw new ArithmeticException("the result is not a whole number of 64 bits");
        }
    }

    private static Object power(long base, long exponent) {
        if (exponent < 0) return Math.pow(base, exponent);
        if (exponent > BITS && Math.abs(base) > 1) throw new ArithmeticException();
        return BigInteger.valueOf(base).pow(Math.toIntExact(Math.abs(base) > 1 ? exponent : exponent % 2 + 2 * Math.min(1, exponent)))
            .longValueExact();
    }

    /// The number after the largest, which is none unless it is negated.
    private static final class SmallestMagnitude extends Leaf {
        static final String IMAGE = "9223372036854775808";

        @Override
        public Object eval(Bindings bindings, ELContext context) {
            throw new ArithmeticException(IMAGE + " is not a whole number of 64 bits");
        }

        @Override
        public void appendStructure(StringBuilder out, Bindings bindings) {
            out.append(IMAGE);
        }
    }

    /// A side that is evaluated already.
    private static final class Known extends Leaf {
        private final Object value;

        Known(Object value) {
            this.value = value;
        }

        @Override
        public Object eval(Bindings bindings, ELContext context) {
            return value;
        }

        @Override
        public void appendStructure(StringBuilder out, Bindings bindings) {
            out.append(value);
        }
    }

    private abstract static class Leaf extends AstRightValue {
        @Override
        public int getCardinality() {
            return 0;
        }

        @Override
        public AstNode getChild(int at) {
            throw new IllegalStateException("a value has no parts");
        }
    }
}
