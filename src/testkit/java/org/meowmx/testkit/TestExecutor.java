package org.meowmx.testkit;

import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.ScheduledExecutorService;

/** A managed executor on top of a Java SE executor. Methods that only a managed executor has are not supported. */
final class TestExecutor {

    private TestExecutor() {}

    static ManagedScheduledExecutorService over(ScheduledExecutorService threads) {
        return (ManagedScheduledExecutorService) Proxy.newProxyInstance(
                TestExecutor.class.getClassLoader(),
                new Class<?>[] {ManagedScheduledExecutorService.class},
                (proxy, method, arguments) -> {
                    if (!method.getDeclaringClass().isInstance(threads)) {
                        throw new UnsupportedOperationException(method.toString());
                    }
                    try {
                        return method.invoke(threads, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });
    }
}
