package dev.edgegateway.forward;

import java.util.List;

/** The fake keeps the contract of the real link. */
final class FakePlatformLinkTest extends PlatformLinkContract {
    private final FakePlatformLink link = new FakePlatformLink();

    FakePlatformLinkTest() {
        link.unsendable(message -> message.topic().equals(unsendableTopic()));
    }

    @Override
    protected PlatformLink link() {
        return link;
    }

    @Override
    protected List<String> arrived() {
        return link.received().stream().map(OutboundMessage::topic).toList();
    }

    @Override
    protected void holdAcks() {
        link.holdAcks();
    }

    @Override
    protected void releaseAcks() {
        link.releaseAllAcks();
    }

    @Override
    protected void sever() {
        link.sever();
    }

    @Override
    protected void refuseNextConnection() {
        link.failNext(new PlatformException("not authorised", null, true));
    }

    @Override
    protected String unsendableTopic() {
        return "a/#";
    }
}
