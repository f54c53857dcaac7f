package org.meowmx.contract;

import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = RuntimeSubscriptionContract.Observer.class, config = RuntimeSubscriptionContract.ENABLED)
class RuntimeSubscriptionOnH2Test extends RuntimeSubscriptionContract {}
