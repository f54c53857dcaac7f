package org.meowmx.server;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.meowmx.server.ExecutedStatement.Binding;

/** A connection that calls a watcher before it executes a statement or commits. */
public final class WatchedConnection {

    private WatchedConnection() {}

    /** Records the steps of a connection, and may prevent them. */
    public interface Watcher {

        /**
         * Called before each step.
         *
         * @param step the statement or the commit
         * @param execution executes the step
         * @return the result of the execution
         */
        Object on(ExecutedStatement step, Execution execution) throws Throwable;
    }

    /** A step to be executed. */
    public interface Execution {
        Object run() throws Throwable;
    }

    public static Connection of(Connection connection, Watcher watcher) {
        return proxy(Connection.class, (method, arguments) -> {
            if (method.getName().equals("commit")) {
                return watcher.on(ExecutedStatement.COMMIT, () -> call(method, connection, arguments));
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
        List<Binding> bindings = new ArrayList<>();
        return proxy(type, (method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                String text = arguments == null ? sql : (String) arguments[0];
                ExecutedStatement step = new ExecutedStatement(text, List.copyOf(bindings));
                return watcher.on(step, () -> call(method, statement, arguments));
            }
            if (method.getDeclaringClass() == PreparedStatement.class
                    && method.getName().startsWith("set")) {
                bindings.add(new Binding(method, arguments));
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
