package dev.edgegateway.broker.netty;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/** Epoll where its native library loads, NIO elsewhere; one loop, and one arena of buffers sized for a small board. */
record Transport(EventLoopGroup group, Class<? extends ServerChannel> serverChannel, ByteBufAllocator allocator) {
    private static final int PAGE_BYTES = 8192;
    /** Chunks of 8192 bytes x 2^6 = 512 KiB. */
    private static final int CHUNK_ORDER = 6;

    static Transport open() {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new Transport(
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("broker"), io),
                epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class,
                new PooledByteBufAllocator(true, 0, 1, PAGE_BYTES, CHUNK_ORDER, 64, 32, false));
    }
}
