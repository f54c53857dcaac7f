package org.meowmx.rest.mount;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A resource of this API. It answers only requests for which {@link MountGuard#admit} was called. */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Mounted {

    /** The first segment of the path of every resource. */
    String ROOT = "org.meowmx/";
}
