package org.meowmx.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;

/** A connection that asks a watcher before it executes a statement or commits. */
public final class WatchedConnection {

    /** What a commit is called. */
    public static final String COMMIT = "commit";

    private WatchedConnection() {}

    /** Notes what is done, and may keep it from being done. */
    public interface Watcher {

        /**
         * Is asked before each step.
         *
         * @param step the statement's SQL, or {@link #COMMIT}
         * @param execution does it
         * @return what the execution returned
         */
        Object on(String step, Execution execution) throws Throwable;
    }

    /** A step to be executed. */
    public interface Execution {
        Object run() throws Throwable;
    }

    public static Connection of(Connection connection, Watcher watcher) {
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals(COMMIT)) {
                return watcher.on(COMMIT, () -> call(method, connection, arguments));
            }
            Object result = call(method, connection, arguments);
            if (result instanceof CallableStatement) {
                return result;
            }
            if (result instanceof PreparedStatement prepared) {
                return watched(PreparedStatement.class, prepared, (String) arguments[0], watcher);
            }
            return result instanceof Statement plain ? watched(Statement.class, plain, "", watcher) : result;
        });
    }

    private static <S extends Statement> S watched(Class<S> type, S statement, String sql, Watcher watcher) {
        return proxy(type, (method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                String step = arguments == null ? sql : (String) arguments[0];
                return watcher.on(step, () -> call(method, statement, arguments));
            }
            return call(method, statement, arguments);
        });
    }

    /** A call to be passed on. */
    private interface Call {
        Object to(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.to(method, arguments)));
    }

    private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
