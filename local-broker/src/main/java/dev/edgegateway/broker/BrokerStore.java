package dev.edgegateway.broker;

/** Where the broker keeps what must survive: persistent sessions and retained messages. */
public interface BrokerStore {

    /** Keeps nothing. */
    BrokerStore NONE = new BrokerStore() {};
}
