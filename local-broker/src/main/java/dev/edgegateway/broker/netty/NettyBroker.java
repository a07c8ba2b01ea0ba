package dev.edgegateway.broker.netty;

import dev.edgegateway.broker.BrokerSettings;
import dev.edgegateway.broker.BrokerStats;
import dev.edgegateway.broker.ClientInfo;
import dev.edgegateway.broker.ClientStatus;
import dev.edgegateway.broker.DisconnectReason;
import dev.edgegateway.broker.LocalBroker;
import dev.edgegateway.broker.Message;
import dev.edgegateway.broker.TopicFilter;
import dev.edgegateway.broker.routing.Subscriber;
import dev.edgegateway.broker.session.BrokerCore;
import dev.edgegateway.broker.session.ClientProtocol;
import dev.edgegateway.broker.session.Timeline;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The broker on Netty: opens the doors and brings every caller onto the one event loop. */
public final class NettyBroker implements LocalBroker {
    private static final int BACKLOG = 1024;
    /** Bytes waiting in a client's socket above which it counts as not writable, and below which it does again. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 << 10, 256 << 10);

    private static final long SWEEP_MILLIS = 250;
    private static final long CLOSE_SECONDS = 5;

    private final Transport transport;
    private final EventLoop loop;
    private final BrokerCore core;
    private final FlushQueue flushQueue;
    private final Timeline timeline;
    private final LongSupplier nanos;
    private final PacketDecoder.Workbench workbench = new PacketDecoder.Workbench();
    private final Map<String, Channel> listeners = new LinkedHashMap<>();
    private final AtomicLong committed = new AtomicLong();
    private final AtomicLong announced = new AtomicLong();
    private volatile boolean closed;

    private NettyBroker(Parts parts, Transport transport, InstantSource clock, LongSupplier nanos) {
        this.nanos = nanos;
        this.timeline = new Timeline(clock, nanos);
        this.transport = transport;
        this.loop = transport.group().next();
        this.flushQueue = new FlushQueue(loop);
        this.core = loop.submit(() -> new BrokerCore(parts, clock, timeline, loop))
                .syncUninterruptibly()
                .getNow();
    }

    /**
     * Opens every listener, or none.
     *
     * @throws IllegalStateException naming the listener that could not be opened, and why.
     */
    public static NettyBroker open(Parts parts) {
        return open(parts, Clock.systemUTC(), System::nanoTime);
    }

    /**
     * Opens with clocks of the caller's.
     *
     * @param clock the wall clock.
     * @param nanos a monotonic clock, in nanoseconds.
     * @throws IllegalStateException naming the listener that could not be opened, and why.
     */
    public static NettyBroker open(Parts parts, InstantSource clock, LongSupplier nanos) {
        NettyBroker broker = new NettyBroker(parts, Transport.open(), clock, nanos);
        try {
            for (BrokerSettings.Listener listener : parts.settings().listeners()) {
                broker.listen(parts.settings(), listener);
            }
            broker.loop.scheduleAtFixedRate(
                    () -> broker.core.checkDeadlines(nanos.getAsLong()),
                    SWEEP_MILLIS,
                    SWEEP_MILLIS,
                    TimeUnit.MILLISECONDS);
            return broker;
        } catch (RuntimeException failure) {
            broker.close();
            throw failure;
        }
    }

    private void listen(BrokerSettings settings, BrokerSettings.Listener listener) {
        Doorway doorway = Doorway.of(settings, listener, nanos);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(transport.group())
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, transport.allocator())
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accept(settings, listener.name(), doorway, channel);
                    }
                });
        var bound = bootstrap
                .bind(new InetSocketAddress(listener.bind(), listener.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IllegalStateException(
                    "listener '" + listener.name() + "' cannot be opened on " + listener.bind() + ":" + listener.port()
                            + ": " + bound.cause().getMessage(),
                    bound.cause());
        }
        listeners.put(listener.name(), bound.channel());
    }

    private void accept(BrokerSettings settings, String listener, Doorway doorway, Channel channel) {
        if (core.connections() >= settings.maxConnections()) {
            core.refusedConnection();
            channel.close();
            return;
        }
        String remoteAddress = String.valueOf(channel.remoteAddress());
        NettyConnection connection = new NettyConnection(channel, flushQueue, settings, timeline);
        ClientProtocol protocol = core.accept(listener, remoteAddress, connection);
        PacketDecoder decoder = new PacketDecoder(settings, workbench, listener, remoteAddress);
        doorway.guard(channel.pipeline(), protocol);
        channel.pipeline().addLast(new MqttHandler(connection, protocol, decoder));
    }

    @Override
    public int port(String listener) {
        Channel channel = listeners.get(listener);
        if (channel == null) {
            throw new IllegalArgumentException("there is no listener '" + listener + "'");
        }
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    @Override
    public CompletionStage<Void> publish(ClientInfo publisher, Message message) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        if (!run(() -> core.publish(publisher, message, done))) {
            done.completeExceptionally(new IllegalStateException("the broker is closed"));
        }
        return done;
    }

    @Override
    public Subscription subscribe(String name, TopicFilter filter, Consumer<Message> receiver) {
        CompletableFuture<Subscriber> subscriber = new CompletableFuture<>();
        if (!run(() -> subscriber.complete(core.subscribe(filter, receiver)))) {
            throw new IllegalStateException("the broker is closed");
        }
        return () -> run(() -> subscriber.thenAccept(held -> core.unsubscribe(filter, held)));
    }

    @Override
    public void disconnect(String clientId, DisconnectReason reason) {
        run(() -> core.disconnect(clientId, reason));
    }

    @Override
    public void committedThrough(long commit) {
        committed.accumulateAndGet(commit, Math::max);
        if (announced.getAndAccumulate(commit, Math::max) < commit) {
            run(() -> core.committedThrough(committed.get()));
        }
    }

    @Override
    public BrokerStats stats() {
        return ask(core::stats);
    }

    @Override
    public List<ClientStatus> clients() {
        return ask(core::clients);
    }

    @Override
    public List<TopicFilter> subscriptions(String clientId) {
        return ask(() -> core.subscriptions(clientId));
    }

    @Override
    public Map<TopicFilter, Integer> subscribed(int limit) {
        return ask(() -> core.subscribed(limit));
    }

    @Override
    public List<Message> retained(TopicFilter filter, int limit) {
        return ask(() -> core.retained(filter, limit));
    }

    @Override
    public CompletionStage<Integer> clearRetained(TopicFilter filter) {
        CompletableFuture<Integer> done = new CompletableFuture<>();
        if (!run(() -> core.clearRetained(filter, done))) {
            done.completeExceptionally(new IllegalStateException("the broker is closed"));
        }
        return done;
    }

    private <T> T ask(Callable<T> question) {
        try {
            return loop.submit(question).get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the broker", e);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            throw new IllegalStateException("the broker does not answer", e);
        }
    }

    /** Runs on the loop, at once if this is its thread. @return false if the broker is closed. */
    private boolean run(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
            return true;
        }
        if (closed) {
            return false;
        }
        try {
            loop.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        listeners.values().forEach(channel -> channel.close().awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS));
        loop.submit(core::close).awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
        closed = true;
        transport
                .group()
                .shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
