package org.meowmx.configuration;

import java.util.List;

/** A group of configuration keys that are declared together. All groups are checked when the application starts. */
public interface KeyGroup {

    /** The keys of this group, with full names. */
    List<Key<?>> keys();

    /** The prefixes of this group: a property with one of them must be a key of this group. */
    List<String> prefixes();

    /** Whether an unknown name belongs to another application that shares the configuration. Such a name is ignored. */
    boolean isOfAnother(String name);

    /** Whether an unknown property is ignored if an environment variable has its name, because another product may have set it. */
    boolean ignoresListedVariables();

    /** The mistakes in the combination of values, one sentence each. */
    List<String> conflicts();
}
