package org.meowmx.serialization;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.meowmx.InvalidEventException;

class AppendSizeTest {

    private static final SerializedEvent TEN = new SerializedEvent("noted", "[1,2,3]x", "{}");

    @Test
    void a_call_may_be_as_large_as_the_limit() {
        AppendSize size = new AppendSize(20);
        size.add(TEN);
        assertThatCode(() -> size.add(TEN)).doesNotThrowAnyException();
    }

    @Test
    void a_larger_call_is_refused_with_a_way_out() {
        AppendSize size = new AppendSize(19);
        size.add(TEN);
        assertThatThrownBy(() -> size.add(TEN))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("more than 19 characters")
                .hasMessageContaining("several calls");
    }
}
