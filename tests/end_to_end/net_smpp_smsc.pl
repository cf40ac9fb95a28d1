#!/usr/bin/env perl
# An SMSC out of Net::SMPP that has the gateway answer M1 and M6 and checks each PDU that comes.
# net_smpp_smsc.pl PORT_FILE ANSWERED_FILE: writes its port into the first; into the second once all is
# answered, and from then on the gateway is to unbind.
use v5.32;
use warnings;
use utf8;
use open qw(:std :encoding(UTF-8));
use Encode qw(decode);
use IO::Select;
use Net::SMPP;

use constant {
    patience => 10,   # seconds for any one PDU
    ucs2     => 8,
    pssr     => 1,
    answer   => 17,
};

my ($port_file, $answered_file) = @ARGV;
my $link;

sub write_file {
    my ($file, $what) = @_;
    open my $out, '>', $file or die "$file: $!\n";
    print $out $what;
    close $out or die "$file: $!\n";
}

# What stands after a colon and a blank is a password; octets that aren't text are shown in hex.
sub masked {
    my ($text) = @_;
    $text =~ s/(?<=: )\S+$/****/gm;
    $text =~ s/([\x00-\x09\x0b-\x1f])/sprintf '\\x%02x', ord $1/ge;
    return $text;
}

sub is_equal {
    my ($what, $got, $expected) = @_;
    return if defined $got && $got eq $expected;
    die "$what: expected " . masked($expected) . ', got ' . (defined $got ? masked($got) : 'nothing') . "\n";
}

# The next PDU, which is to be of this kind.
sub await_pdu {
    my ($command) = @_;
    my $name = Net::SMPP::pdu_tab->{$command}{cmd};
    IO::Select->new($link)->can_read(patience) or die "$name: nothing came\n";
    my $pdu = $link->read_pdu or die "$name: the link was closed\n";
    is_equal('PDU', $pdu->explain_cmd, $name);
    return $pdu;
}

sub await_response {
    my ($command, $sequence_number) = @_;
    my $response = await_pdu($command);
    is_equal('command_status of ' . $response->explain_cmd, $response->status, 0);
    is_equal('sequence_number of ' . $response->explain_cmd, $response->seq, $sequence_number);
}

sub deliver {
    my ($from, $to, $text, @more) = @_;
    my $sequence_number = $link->deliver_sm(
        source_addr      => $from,
        source_addr_ton  => 1,
        source_addr_npi  => 1,
        destination_addr => $to,
        short_message    => $text,
        async            => 1,
        @more,
    );
    await_response(Net::SMPP::CMD_deliver_sm_resp, $sequence_number);
}

# The text of the submit_sm that comes next and has these fields; it is answered.
sub await_text {
    my (%expected) = @_;
    state $message_id = 0;
    my $pdu = await_pdu(Net::SMPP::CMD_submit_sm);
    is_equal($_, $pdu->{$_}, $expected{$_}) for sort keys %expected;
    is_equal('data_coding', $pdu->{data_coding}, ucs2);
    $link->submit_sm_resp(seq => $pdu->seq, message_id => ++$message_id);
    return decode('UTF-16BE', $pdu->{short_message}, Encode::FB_CROAK);
}

sub password_in {
    my ($text) = @_;
    my ($password) = $text =~ /^Пароль: ([2-9b-z]{8})$/m or die 'no password in: ' . masked($text) . "\n";
    return $password;
}

sub accept_bind {
    my ($listener) = @_;
    $link = $listener->accept or die "nobody connected: $@\n";
    my $bind = await_pdu(Net::SMPP::CMD_bind_transceiver);
    is_equal('system_id',         $bind->{system_id},         'kabinet');
    is_equal('password',          $bind->{password},          'lab-only');
    is_equal('interface_version', $bind->{interface_version}, 0x34);
    $link->bind_transceiver_resp(
        seq                  => $bind->seq,
        system_id            => 'net-smpp',
        sc_interface_version => chr 0x34,
    );
}

sub issue_password_by_ussd {
    my $subscriber = '79261110001';
    my $session    = pack 'CC', 0x2A, 0x06;
    my %ussd       = (service_type => 'USSD', its_session_info => $session);
    deliver($subscriber, '*105#', '*105*00#', %ussd, ussd_service_op => chr pssr);
    my $screen = await_text(
        %ussd,
        ussd_service_op  => chr answer,
        source_addr      => '*105#',
        destination_addr => $subscriber,
        esm_class        => 0,
    );
    my $sms = await_text(service_type => '', source_addr => 'MegaFon', destination_addr => $subscriber);
    die "the SMS has another password than the screen\n" if password_in($sms) ne password_in($screen);
}

sub choose_password_by_sms {
    my $subscriber = '79261110006';
    deliver($subscriber, '000105', 'PAS fakeWord1234');
    my $reply = await_text(service_type => '', source_addr => '000105', destination_addr => $subscriber);
    $reply =~ /^Пароль изменен\./ or die 'reply: ' . masked($reply) . "\n";
    die "the reply repeats the password\n" if $reply =~ /fakeWord1234/i;
}

sub see_link_alive {
    await_response(Net::SMPP::CMD_enquire_link_resp, $link->enquire_link(async => 1));
}

sub see_unbind {
    my $unbind = await_pdu(Net::SMPP::CMD_unbind);
    $link->unbind_resp(seq => $unbind->seq);
    IO::Select->new($link)->can_read(patience) or die "the link stayed open after unbind_resp\n";
    is_equal('octets after unbind_resp', $link->sysread(my $rest, 1), 0);
}

$SIG{PIPE} = sub { die "the link was closed\n" };
my $listener = Net::SMPP->new_listen('127.0.0.1', port => 0, timeout => patience)
    or die "cannot listen: $@\n";
write_file($port_file, $listener->sockport);
accept_bind($listener);
issue_password_by_ussd();
see_link_alive();
choose_password_by_sms();
write_file($answered_file, 'yes');
see_unbind();
