package dev.bluerig.source;

import com.hubspot.jinjava.el.TypeConvertingMapELResolver;
import com.hubspot.jinjava.el.ext.JinjavaBeanELResolver;
import com.hubspot.jinjava.el.ext.JinjavaListELResolver;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.Importable;
import com.hubspot.jinjava.objects.collections.PyMap;
import com.hubspot.jinjava.util.ForLoop;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jinjava.javax.el.ArrayELResolver;
import jinjava.javax.el.CompositeELResolver;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.MethodNotFoundException;
import jinjava.javax.el.PropertyNotFoundException;

/// Templates reach into maps, lists and `loop`, and into no other Java object; a missing key is noted with the interpreter.
final class DataResolver extends CompositeELResolver {
    DataResolver() {
        add(new ArrayELResolver(true));
        add(new JinjavaListELResolver(true));
        add(new TypeConvertingMapELResolver(true));
        add(new KnownBeans());
    }

    @Override
    public Object getValue(ELContext context, Object base, Object property) {
        Object value = super.getValue(context, base, property);
        boolean missing = value == null && (base instanceof Map || base instanceof List);
        if (missing && JinjavaInterpreter.getCurrent() instanceof StrictInterpreter strict) strict.missed(base, String.valueOf(property));
        return value;
    }

    @Override
    public Object invoke(ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
        if (JinjavaInterpreter.getCurrent() instanceof StrictInterpreter strict) strict.wasMethod(String.valueOf(method));
        return super.invoke(context, base, method, types, arguments);
    }

    private static final class KnownBeans extends JinjavaBeanELResolver {
        private static final Set<String> METHODS = Set.of("items", "keys", "values", "get");

        KnownBeans() {
            super(true);
        }

        @Override
        public Object getValue(ELContext context, Object base, Object property) {
            if (base instanceof ForLoop) return super.getValue(context, base, property);
            throw new PropertyNotFoundException("no such field: " + property);
        }

        @Override
        public Object invoke(ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
            boolean known = base instanceof Importable || base instanceof PyMap && METHODS.contains(String.valueOf(method));
            if (!known) throw new MethodNotFoundException("no such method: " + method + "; use a filter");
            return super.invoke(context, base, method, types, arguments);
        }
    }
}
