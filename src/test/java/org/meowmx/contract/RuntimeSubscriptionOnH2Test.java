package org.meowmx.contract;

import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(
        beans = RuntimeSubscriptionContract.Observer.class,
        config = {RuntimeSubscriptionContract.ENABLED, RuntimeSubscriptionContract.RENAMED})
class RuntimeSubscriptionOnH2Test extends RuntimeSubscriptionContract {}
