package org.meowmx.contract;

import org.meowmx.testkit.MeowmxTest;

@MeowmxTest(beans = {SubscriptionContract.Handlers.class, SubscriptionContract.Request.class})
class SubscriptionOnH2Test extends SubscriptionContract {}
