#!/usr/bin/env bash
# Asks each member how it is, at its own door, with nothing but what every Debian has: bash and perl-base.
#
#   test-ipc.sh             all that are installed
#   test-ipc.sh WORD ...    these, such as 'memory'
#
# Says a line of each: 'memory: well (1.2 ms)', or what is wrong and what mends it; then it ends with 1. Wrong is a
# member that is not there, in whose place another listens, whose rights are not as they should be, that hangs for
# 5 s, that answers with an error or with nonsense, or that is not well by its own account.
#
# The house is HOB_RUNTIME_DIR where that is given, otherwise the installed one, /run/hob, or that of your own systemd,
# $XDG_RUNTIME_DIR/hob. Whoever may enter it may ask: in the installed one root, and persons of the group 'hob'.
set -euo pipefail

# Who is asked stands before who asks.
family=(llm-proxy memory runner rag agent matrix)

main() {
    local house kind living=() words=("$@")
    case "${1:-}" in
        -h | --help)
            sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"
            return
            ;;
    esac
    check_words "$@"
    find_house
    choose
    ask "$house" "$kind" "${words[@]}" | timed
}

check_words() { # WORD ...
    local word members="${family[*]}"
    for word in "$@"; do
        if ! [[ $word =~ ^(${members// /|})$ ]]; then
            echo "'$word' is no member; these are: $members" >&2
            exit 64
        fi
    done
}

# In the installed house each member has a user of its own; in all others all are one user's.
find_house() {
    local own=${XDG_RUNTIME_DIR:-/run/user/$UID}/hob
    if [ -n "${HOB_RUNTIME_DIR:-}" ]; then
        house=$(readlink -m -- "$HOB_RUNTIME_DIR")
        kind=private
        [ "$house" != "$own" ] || kind=user
        [ "$house" != /run/hob ] || kind=members
    else
        house=/run/hob
        kind=members
        # Before it is first started it is known by its units only.
        if [ ! -d "$house" ] && { [ -d "$own" ] || [ -z "$(installed)" ] && [ -n "$(kind=user && installed)" ]; }; then
            house=$own
            kind=user
        fi
    fi
}

# A private house knows nobody but who has a folder, and who is named has one to come.
choose() {
    local word
    mapfile -t living < <(installed)
    if [ ${#living[@]} -eq 0 ] && { [ ${#words[@]} -eq 0 ] || [ "$kind" != private ]; }; then
        echo "Nobody lives in $house: no member is installed." >&2
        exit 69
    fi
    [ ${#words[@]} -gt 0 ] || words=("${living[@]}")
    for word in "${words[@]}"; do
        if [ "$kind" != private ] && [[ " ${living[*]} " != *" $word "* ]]; then
            echo "$word is not installed; these are: ${living[*]}" >&2
            exit 69
        fi
    done
}

# By the files of their units, since one whose folder is gone is missed too, and one that was taken away is not.
installed() {
    local word folder folders=(/etc /run /usr/local/lib /usr/lib /lib)
    case $kind in
        members) folders=("${folders[@]/%//systemd/system}") ;;
        user)
            folders=("${XDG_CONFIG_HOME:-$HOME/.config}" "${XDG_DATA_HOME:-$HOME/.local/share}" "${folders[@]}")
            folders=("${folders[@]/%//systemd/user}")
            ;;
        private) folders=() ;;
    esac
    for word in "${family[@]}"; do
        if [ "$kind" = private ] && [ -d "$house/$word" ]; then
            echo "$word"
        fi
        for folder in "${folders[@]}"; do
            if [ -e "$folder/hob-$word.service" ]; then
                [ ! -s "$folder/hob-$word.service" ] || echo "$word" # one that is masked is empty
                break
            fi
        done
    done
}

# Lines of its own say when a question is on its way: the clock of perl-base counts whole seconds.
timed() {
    local line began=0 took
    while IFS= read -r line; do
        case $line in
            asking) began=${EPOCHREALTIME/[.,]/} ;;
            *': well')
                took=$((${EPOCHREALTIME/[.,]/} - began))
                printf '%s (%d.%d ms)\n' "$line" $((took / 1000)) $((took / 100 % 10))
                ;;
            *) printf '%s\n' "$line" ;;
        esac
    done
}

# Whoever is at the door is looked at before it is spoken to, and nothing that it says is believed to be well formed.
ask() { # HOUSE KIND WORD ...
    perl - "$@" <<'PERL'
use strict;
use warnings;
use Socket;

my $seconds = 5;
my $frame_most = 1 << 20; # docs/WIRE.md
my $nesting_most = 64;

my ($house, $kind, @words) = @ARGV;
my ($word, $door); # of the one who is asked just now
$| = 1;
$SIG{PIPE} = "IGNORE";
$SIG{ALRM} = sub { is("hangs: no answer came within $seconds s: '", restart(), "' starts it anew") if $^S };

my $wrong = 0;
for (@words) {
    ($word, $door) = ($_, "$house/$_/sock");
    alarm $seconds;
    my $said = eval { look_and_ask(); 1 } ? "well" : $@;
    alarm 0;
    $said = $said->[0] if ref $said;
    $said =~ s/(?:[\x00-\x1f\x7f]|\xc2[\x80-\x9f])+/ /g; # it may be a stranger's, and goes to a terminal
    $said =~ s/ $//;
    $wrong++ if $said ne "well";
    print "$word: $said\n";
}
exit($wrong ? 1 : 0);

sub is { die [join "", @_] }

sub start { $kind eq "private" ? "scripts/up" : systemctl("start") }

sub restart { $kind eq "private" ? "scripts/dev again $word" : systemctl("restart") }

# Who runs without a door does not hear that it should be started.
sub anew { $kind eq "private" ? start() : restart() }

sub systemctl { ($kind eq "user" ? "systemctl --user " : "systemctl ") . "$_[0] hob-$word" }

sub look_and_ask {
    my ($owner, $group) = owner();
    look_at_folders($owner, $group);
    my @door = look_at($door) or is("absent: there is no door at $door: '", anew(), "' starts it");
    ($door[2] & 0170000) == 0140000 or is("absent: $door is no socket: 'rm $door', and it has another within 10 s");
    socket(my $line, PF_UNIX, SOCK_STREAM, 0) or is("not to be asked: $!");
    print "asking\n";
    length $door <= 107 or is("not to be asked: the path $door is too long for a socket");
    connect($line, pack_sockaddr_un($door)) or is($!{EACCES}
        ? "wrong rights: you may not knock at $door: 'chmod 0666 $door' lets in whoever may enter the folder"
        : "absent: nobody listens at $door ($!): '" . start() . "' starts it");
    my (undef, $uid) = unpack "iI", getsockopt($line, SOL_SOCKET, SO_PEERCRED) || is("not to be asked: $!");
    $uid == $owner or is("another's: behind $door is ", user($uid), ", and not ", user($owner), ": '", restart(),
        "' takes the door back");
    rights($door, \@door, $owner, undef, $kind eq "members" ? 0666 : $door[2] & 0777,
        "'rm $door', and it has another within 10 s");
    judge(health($line));
}

# As whom it runs, and of which group its folder is.
sub owner {
    if ($kind ne "members") {
        my @house = look_at($house) or is("absent: there is no house at $house: '", start(), "' makes one");
        return ($> == 0 ? $house[4] : $>, undef); # root is let in at everybody's house, and finds its owner there
    }
    my $uid = getpwnam "hob-$word";
    my $group = getgrnam "hob";
    defined $uid && defined $group
        or is("absent: there is no user hob-$word, or no group hob: 'systemd-sysusers' makes them");
    return ($uid, $group);
}

sub look_at_folders {
    my ($owner, $group) = @_;
    my $mend = $kind eq "members" ? "'systemd-tmpfiles --create hob.conf' mends it"
        : "'chmod 0700 $house $house/$word' mends it, if they are your own";
    for my $folder ($house, "$house/$word") {
        my @folder = look_at($folder) or is("absent: there is no folder $folder: '",
            $kind eq "members" ? "systemd-tmpfiles --create hob.conf' makes it, '" : "", anew(), "' starts it");
        ($folder[2] & 0170000) == 0040000 or is("wrong rights: $folder is no folder, but leads elsewhere");
        if ($kind ne "members") {
            # What is above may be looked into, as long as nobody else can put another folder there.
            rights($folder, \@folder, $owner, undef, $folder eq $house ? $folder[2] & 0755 : 0700, $mend);
        } elsif ($folder eq $house) {
            rights($folder, \@folder, 0, 0, 0755, $mend);
        } else {
            rights($folder, \@folder, $owner, $group, 0750, $mend);
        }
    }
}

sub look_at {
    my ($path) = @_;
    my @found = lstat $path;
    @found || $!{ENOENT} or is("not to be asked: you may not look at $path ($!): ", $kind eq "members"
        ? "'usermod -aG hob NAME' lets a person in, from the next login on" : "it is another user's house");
    return @found;
}

sub rights {
    my ($path, $found, $uid, $gid, $mode, $mend) = @_;
    my $is = sprintf "%04o %s", $found->[2] & 07777, name($found->[4], $found->[5], $gid);
    my $should = sprintf "%04o %s", $mode, name($uid, $gid, $gid);
    $is eq $should or is("wrong rights: $path is $is and should be $should: $mend");
}

sub name {
    my ($uid, $gid, $group_counts) = @_;
    my $name = getpwuid($uid) // $uid;
    return defined $group_counts ? $name . ":" . (getgrgid($gid) // $gid) : $name;
}

sub user {
    my $name = getpwuid $_[0];
    return defined $name ? "$name (uid $_[0])" : "uid $_[0]";
}

sub health {
    my ($line) = @_;
    my $call = pack "N/a*", '{"type":"health"}';
    (syswrite($line, $call) // 0) == length $call or broken();
    my $length = unpack "N", exactly($line, 4);
    $length <= $frame_most or nonsense("a frame of $length bytes, and it can have $frame_most");
    return exactly($line, $length);
}

sub exactly {
    my ($line, $count) = @_;
    my $got = "";
    while (length $got < $count) {
        sysread($line, $got, $count - length $got, length $got) or broken();
    }
    return $got;
}

sub broken { is("answers not: it hung up without a whole answer: '", restart(), "' starts it anew") }

sub nonsense { is("answers nonsense: $_[0]: '", restart(), "' starts it anew") }

sub judge {
    my $report = json($_[0]);
    ref $report eq "HASH" && defined $report->{type} && !ref $report->{type} or nonsense("no record with a type");
    if ($report->{type} eq "error") {
        is("answers with an error: ", text($report->{code}), ": ", text($report->{error}));
    }
    $report->{type} eq "health_report" or nonsense("'" . substr($report->{type}, 0, 40) . "' is no health report");
    my ($ok, $parts) = @$report{"ok", "parts"};
    ref $ok eq "SCALAR" && ref $parts eq "ARRAY" && !grep { ref $_ ne "HASH" || ref $_->{ok} ne "SCALAR" } @$parts
        or nonsense("a health report without 'ok' and 'parts'");
    my @ill = grep { !${$_->{ok}} } @$parts;
    return if $$ok && !@ill;
    is("ill: ", @ill ? join("; ", map { part($_) } @ill) : "and it does not say of what");
}

sub part {
    my ($part) = @_;
    my $mend = defined $part->{mend} ? ": '" . text($part->{mend}) . "' mends it" : "";
    return text($part->{name}) . ": " . text($part->{wrong}) . $mend;
}

sub text { defined $_[0] && !ref $_[0] ? $_[0] : "(it does not say)" }

# Objects and lists are references, true and false are references to 1 and 0, and null is nothing.
sub json {
    local $_ = $_[0];
    my $value = value(0);
    /\G\s*\z/gc or nonsense("there is more behind its record");
    return $value;
}

sub value {
    my ($depth) = @_;
    $depth < $nesting_most or nonsense("it is nested too deep");
    /\G\s+/gc;
    return string() if substr($_, pos // 0, 1) eq '"';
    return $1 + 0 if /\G(-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?)/gc;
    return \1 if /\Gtrue/gc;
    return \0 if /\Gfalse/gc;
    return undef if /\Gnull/gc;
    if (/\G\[\s*/gc) {
        my @list;
        return \@list if /\G\]/gc;
        do { push @list, value($depth + 1) } while /\G\s*,/gc;
        /\G\s*\]/gc or no_json();
        return \@list;
    }
    /\G\{\s*/gc or no_json();
    my %object;
    return \%object if /\G\}/gc;
    do {
        /\G\s+/gc;
        my $name = string();
        /\G\s*:/gc or no_json();
        $object{$name} = value($depth + 1);
    } while /\G\s*,/gc;
    /\G\s*\}/gc or no_json();
    return \%object;
}

sub string {
    /\G"((?:[^"\\\x00-\x1f]++|\\(?:["\\\/bfnrt]|u[0-9a-fA-F]{4}))*+)"/gc or no_json();
    my $string = $1;
    my %plain = (b => "\b", f => "\f", n => "\n", r => "\r", t => "\t");
    $string =~ s{\\(?:u([dD][89abAB]..)\\u([dD][c-fC-F]..)|u(....)|(.))}
        {defined $4 ? $plain{$4} // $4 : coded(defined $3 ? hex $3 : (hex($1) << 10) + hex($2) - 0x35fdc00)}ge;
    return $string;
}

sub coded {
    my $letter = $_[0] >= 0xd800 && $_[0] < 0xe000 ? "?" : chr $_[0];
    utf8::encode($letter);
    return $letter;
}

sub no_json { nonsense("it is no JSON") }
PERL
}

main "$@"
