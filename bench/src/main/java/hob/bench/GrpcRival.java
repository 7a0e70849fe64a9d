package hob.bench;

import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// gRPC over a Unix socket as lean as it goes: Netty's epoll, one event loop, no threads between, and bytes that nobody
/// makes a message of.
final class GrpcRival implements Rival {
    private static final MethodDescriptor<byte[], byte[]> FETCH = MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(MethodDescriptor.generateFullMethodName("Shelf", "Fetch"))
            .setRequestMarshaller(new Bytes())
            .setResponseMarshaller(new Bytes())
            .build();

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void serve(Path door) throws IOException {
        var echo = ServerServiceDefinition.builder("Shelf")
                .addMethod(FETCH, ServerCalls.asyncUnaryCall((request, answer) -> {
                    answer.onNext(request);
                    answer.onCompleted();
                }))
                .build();
        NettyServerBuilder.forAddress(new DomainSocketAddress(door.toFile()))
                .bossEventLoopGroup(new EpollEventLoopGroup(1))
                .workerEventLoopGroup(new EpollEventLoopGroup(1))
                .channelType(EpollServerDomainSocketChannel.class)
                .directExecutor()
                .addService(echo)
                .build()
                .start();
    }

    @Override
    public Asker connect(Path door) {
        var channel = NettyChannelBuilder.forAddress(new DomainSocketAddress(door.toFile()))
                .eventLoopGroup(new EpollEventLoopGroup(1))
                .channelType(EpollDomainSocketChannel.class)
                .directExecutor()
                .usePlaintext()
                .build();
        return new Asker() {
            @Override
            public void call(int bytes) {
                var answer = ClientCalls.blockingUnaryCall(channel, FETCH, CallOptions.DEFAULT, new byte[bytes]);
                Rival.check(bytes, answer.length);
            }

            @Override
            public void close() {
                channel.shutdownNow();
            }
        };
    }
}
