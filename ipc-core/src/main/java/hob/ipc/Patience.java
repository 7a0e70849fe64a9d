package hob.ipc;

import java.io.IOException;

/// What an end of a connection does while its socket has nothing to read, or no room to write.
interface Patience {
    /// Returns when reading will not wait. Throws when waiting is over.
    void untilReadable() throws IOException;

    /// Returns when there may be room again. Throws when waiting is over.
    void untilWritable() throws IOException;

    /// A server's thread simply blocks in the socket; its watch sees to it that this ends.
    Patience OF_A_BLOCKING_SOCKET = new Patience() {
        @Override
        public void untilReadable() {
            // reading itself waits
        }

        @Override
        public void untilWritable() {
            // writing itself waits
        }
    };
}
