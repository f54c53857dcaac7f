package org.meowmx.concurrent;

/**
 * Work that begins when the JVM is asked to end, by SIGTERM or Ctrl-C.
 *
 * <p>An application server notifies its applications late: Open Liberty first waits up to 30 seconds for running tasks and
 * open requests. Tasks and requests that end only when they are stopped must be notified before that.
 */
public final class JvmShutdown implements AutoCloseable {

    private final Thread hook;

    private JvmShutdown(Runnable work) {
        this.hook = thread(() -> thread(work).start());
    }

    /** A daemon thread without the context of its creator, which belongs to the container. */
    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "meowmx-shutdown", 0, false);
        thread.setContextClassLoader(null);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Runs work at the end of the JVM, in a thread that has no context of the container. The JVM does not wait for the work,
     * which may therefore block.
     *
     * @param work must not throw
     * @return the registration. Close it when the application is undeployed, because the JVM keeps the work and its
     *     class loader
     */
    public static JvmShutdown run(Runnable work) {
        JvmShutdown shutdown = new JvmShutdown(work);
        try {
            Runtime.getRuntime().addShutdownHook(shutdown.hook);
        } catch (IllegalStateException e) {
            // the JVM is ending: the container notifies the application
        }
        return shutdown;
    }

    /** Cancels the work, unless the JVM is ending. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is ending, and runs the work
        }
    }
}
