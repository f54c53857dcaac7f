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

    /** Without the context of the thread that creates it, which belongs to the container; the JVM does not wait for it. */
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
     * @return must be closed when the application is undeployed, because the JVM keeps the work and its class loader
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

    /** Forgets the work, unless the JVM is ending. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is ending, and runs the work
        }
    }
}
