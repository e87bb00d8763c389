package dev.holdfast.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The product with a bug planted, loaded beside the real one, and the simulation over it. */
final class PlantedProduct extends ClassLoader {

  private static final String OWN = "dev.holdfast.";

  private final Map<String, byte[]> planted;
  private final Method broken;

  private PlantedProduct(Map<String, byte[]> planted, Class<?> simulation) {
    super(PlantedProduct.class.getClassLoader());
    this.planted = planted;
    try {
      broken = loadClass(simulation.getName()).getDeclaredMethod("broken", long.class);
      broken.setAccessible(true);
    } catch (ReflectiveOperationException missing) {
      throw new LinkageError("the simulation is not as it was", missing);
    }
  }

  /** The product with that bug. */
  static PlantedProduct with(PlantedBug bug) {
    return new PlantedProduct(
        Recompiled.classes(bug.source(), bug.inPlaceOfTheGuard()), bug.simulation());
  }

  /** The product without any. */
  static PlantedProduct asItIs(Class<?> simulation) {
    return new PlantedProduct(Map.of(), simulation);
  }

  /** As {@link Schedule#broken}. */
  @Nullable String broken(long seed) {
    try {
      return (String) broken.invoke(null, seed);
    } catch (InvocationTargetException thrown) {
      throw new AssertionError("seed " + seed, thrown.getCause());
    } catch (IllegalAccessException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      if (!name.startsWith(OWN)) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : findClass(name);
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] code = planted.get(name);
    if (code == null) {
      code = original(name);
    }
    return defineClass(name, code, 0, code.length);
  }

  private byte[] original(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = getParent().getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }
}
