#!/usr/bin/env bash
# Asks a daemon of Hob: hob.sh SOCKET '{"type":"ping"}' [SECONDS] prints each frame of the answer on a line.
# Needs perl-base alone, which every Debian has. A server of Hob writes "type" first and "more" last in a frame, and
# no member of a record may bear these names: so the bytes tell a fault and an end without being read as JSON.
exec perl -MIO::Socket::UNIX -e '
    sub fault { print STDERR "@_\n"; exit 1 }
    sub exactly {
        my ($door, $count) = @_;
        $! = 0;
        my $got = read($door, my $bytes, $count) // 0;
        return $bytes if $got == $count;
        fault("UNAVAILABLE: it ended before it read the call") if $!{ECONNRESET} && !$begun;
        fault("UNKNOWN: it hung up without a whole answer");
    }
    my ($path, $call, $seconds) = (@ARGV, 5);
    $SIG{PIPE} = "IGNORE";
    $SIG{ALRM} = sub { fault("UNKNOWN: no answer came in time") };
    alarm $seconds;
    $| = 1;
    my $door = IO::Socket::UNIX->new(Peer => $path) or fault("UNAVAILABLE: nobody answers at $path ($!)");
    print $door pack("N/a*", $call) or fault("UNAVAILABLE: it did not take the call ($!)");
    do {
        $frame = exactly($door, unpack("N", exactly($door, 4)));
        if (my ($code, $error) = $frame =~ /^\{"type":"error","code":"(\w+)","error":"((?:[^"\\]|\\.)*)"/) {
            fault("$code:", $error =~ s/\\(["\\])/$1/gr);
        }
        print "$frame\n";
        $begun = 1;
    } while $frame =~ /,"more":true\}\z/;
' -- "$@"
