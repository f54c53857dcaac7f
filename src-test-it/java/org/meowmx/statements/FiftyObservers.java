package org.meowmx.statements;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.meowmx.RecordedEvent;
import org.meowmx.subscription.Subscribed;

/** Fifty subscriptions. */
@ApplicationScoped
class FiftyObservers {

    void s1(@Observes @Subscribed("s1") RecordedEvent event) {}

    void s2(@Observes @Subscribed("s2") RecordedEvent event) {}

    void s3(@Observes @Subscribed("s3") RecordedEvent event) {}

    void s4(@Observes @Subscribed("s4") RecordedEvent event) {}

    void s5(@Observes @Subscribed("s5") RecordedEvent event) {}

    void s6(@Observes @Subscribed("s6") RecordedEvent event) {}

    void s7(@Observes @Subscribed("s7") RecordedEvent event) {}

    void s8(@Observes @Subscribed("s8") RecordedEvent event) {}

    void s9(@Observes @Subscribed("s9") RecordedEvent event) {}

    void s10(@Observes @Subscribed("s10") RecordedEvent event) {}

    void s11(@Observes @Subscribed("s11") RecordedEvent event) {}

    void s12(@Observes @Subscribed("s12") RecordedEvent event) {}

    void s13(@Observes @Subscribed("s13") RecordedEvent event) {}

    void s14(@Observes @Subscribed("s14") RecordedEvent event) {}

    void s15(@Observes @Subscribed("s15") RecordedEvent event) {}

    void s16(@Observes @Subscribed("s16") RecordedEvent event) {}

    void s17(@Observes @Subscribed("s17") RecordedEvent event) {}

    void s18(@Observes @Subscribed("s18") RecordedEvent event) {}

    void s19(@Observes @Subscribed("s19") RecordedEvent event) {}

    void s20(@Observes @Subscribed("s20") RecordedEvent event) {}

    void s21(@Observes @Subscribed("s21") RecordedEvent event) {}

    void s22(@Observes @Subscribed("s22") RecordedEvent event) {}

    void s23(@Observes @Subscribed("s23") RecordedEvent event) {}

    void s24(@Observes @Subscribed("s24") RecordedEvent event) {}

    void s25(@Observes @Subscribed("s25") RecordedEvent event) {}

    void s26(@Observes @Subscribed("s26") RecordedEvent event) {}

    void s27(@Observes @Subscribed("s27") RecordedEvent event) {}

    void s28(@Observes @Subscribed("s28") RecordedEvent event) {}

    void s29(@Observes @Subscribed("s29") RecordedEvent event) {}

    void s30(@Observes @Subscribed("s30") RecordedEvent event) {}

    void s31(@Observes @Subscribed("s31") RecordedEvent event) {}

    void s32(@Observes @Subscribed("s32") RecordedEvent event) {}

    void s33(@Observes @Subscribed("s33") RecordedEvent event) {}

    void s34(@Observes @Subscribed("s34") RecordedEvent event) {}

    void s35(@Observes @Subscribed("s35") RecordedEvent event) {}

    void s36(@Observes @Subscribed("s36") RecordedEvent event) {}

    void s37(@Observes @Subscribed("s37") RecordedEvent event) {}

    void s38(@Observes @Subscribed("s38") RecordedEvent event) {}

    void s39(@Observes @Subscribed("s39") RecordedEvent event) {}

    void s40(@Observes @Subscribed("s40") RecordedEvent event) {}

    void s41(@Observes @Subscribed("s41") RecordedEvent event) {}

    void s42(@Observes @Subscribed("s42") RecordedEvent event) {}

    void s43(@Observes @Subscribed("s43") RecordedEvent event) {}

    void s44(@Observes @Subscribed("s44") RecordedEvent event) {}

    void s45(@Observes @Subscribed("s45") RecordedEvent event) {}

    void s46(@Observes @Subscribed("s46") RecordedEvent event) {}

    void s47(@Observes @Subscribed("s47") RecordedEvent event) {}

    void s48(@Observes @Subscribed("s48") RecordedEvent event) {}

    void s49(@Observes @Subscribed("s49") RecordedEvent event) {}

    void s50(@Observes @Subscribed("s50") RecordedEvent event) {}
}
