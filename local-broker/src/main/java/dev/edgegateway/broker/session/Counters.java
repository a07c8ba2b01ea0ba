package dev.edgegateway.broker.session;

/** Counts since the broker's start. Thread: {@code broker}. */
final class Counters {
    long publishReceived;
    long publishSent;
    long publishDropped;
    long messagesExpired;
    long messagesTooLarge;
    long sessionsExpired;
    long connectionsRefused;
    long silentConnections;
    long subscriptionsRefused;
    long violations;
    long bytesReceived;
    long bytesSent;
    long packetsReceived;
    long packetsSent;
    long publishBytesReceived;
    long publishBytesSent;
    long connectionsOpened;
    long connects;
    int clientsConnected;
    int clientsMaximum;
}
