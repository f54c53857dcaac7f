package org.meowmx.contract;

import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(
        beans = SubscriptionControlContract.Handlers.class,
        config = {
            SubscriptionControlContract.FOUR_SEGMENTS,
            SubscriptionControlContract.FROM_NOW,
            SubscriptionControlContract.SMALL
        })
class SubscriptionControlOnH2Test extends SubscriptionControlContract {}
