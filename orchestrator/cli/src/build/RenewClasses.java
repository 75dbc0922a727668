import java.io.IOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// `java RenewClasses.java JAR`: gives each class of Java 5 and earlier stack maps and a later version, and changes nothing else, because
/// no older one may lie in a cache of loaded classes (JEP 483). In place; a jar without such classes stays as it is.
final class RenewClasses {
    /// Of Java 6, the first with stack maps (JVMS 4.10.1).
    private static final int FIRST_WITH_MAPS = 50;

    private final ClassFile classes;

    private RenewClasses(ClassLoader around) {
        this.classes = ClassFile.of(ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(around)));
    }

    public static void main(String[] words) throws IOException {
        Path jar = Path.of(words[0]);
        Path renewed = Files.createTempFile(jar.toAbsolutePath().getParent(), "renewed", ".part");
        try (var around = new URLClassLoader(new URL[] {jar.toUri().toURL()})) {
            if (new RenewClasses(around).renew(jar, renewed) > 0) Files.move(renewed, jar, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(renewed);
        }
    }

    private int renew(Path from, Path to) throws IOException {
        int old = 0;
        try (var in = new JarFile(from.toFile()); var out = new JarOutputStream(Files.newOutputStream(to))) {
            for (JarEntry entry : Collections.list(in.entries())) {
                byte[] bytes = in.getInputStream(entry).readAllBytes();
                boolean renewed = entry.getName().endsWith(".class") && version(bytes) < FIRST_WITH_MAPS;
                if (renewed) old++;
                var same = new JarEntry(entry.getName());
                same.setTime(entry.getTime());
                out.putNextEntry(same);
                out.write(renewed ? renewed(classes.parse(bytes)) : bytes);
                out.closeEntry();
            }
        }
        return old;
    }

    /// The major version (JVMS 4.1).
    private static int version(byte[] bytes) {
        return (bytes[6] & 255) << 8 | bytes[7] & 255;
    }

    private byte[] renewed(ClassModel old) {
        return classes.build(old.thisClass().asSymbol(), fresh -> {
            old.forEach(part -> {
                switch (part) {
                    case ClassFileVersion version -> fresh.withVersion(ClassFile.JAVA_8_VERSION, 0);
                    case MethodModel method -> method(method, fresh);
                    default -> fresh.with(part);
                }
            });
        });
    }

    private static void method(MethodModel old, ClassBuilder fresh) {
        fresh.transformMethod(old, (method, part) -> {
            if (part instanceof CodeModel code) method.transformCode(code, CodeTransform.ACCEPT_ALL);
            else method.with(part);
        });
    }
}
