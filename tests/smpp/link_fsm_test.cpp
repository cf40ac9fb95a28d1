#include "smpp/link_fsm.hpp"
#include "tests/smpp/driven_link.hpp"

#include <doctest/doctest.h>

#include <deque>
#include <random>
#include <set>

namespace link_fsm_test {

using namespace kabinet;
using namespace kabinet::smpp;
using namespace std::chrono_literals;

namespace {

const wire::bytes one_nul(1, 0);

bool is_nothing(const link_event& event) {
    return std::holds_alternative<std::monostate>(event);
}

response answer_in(const link_event& event) {
    REQUIRE(std::holds_alternative<response>(event));
    return std::get<response>(event);
}

/// A link of that kind which is bound.
driven_link bound_link(bind_kind kind = bind_kind::transceiver) {
    driven_link link{kind};
    link.binds();
    return link;
}

constexpr auto every_kind = {bind_kind::transceiver, bind_kind::transmitter, bind_kind::receiver};

} // namespace

TEST_CASE("a new link wants a connection at once") {
    driven_link link;
    CHECK(link.fsm.state() == link_state::closed);
    CHECK(link.fsm.should_connect(link.now));
    link.fsm.connecting();
    CHECK_FALSE(link.fsm.should_connect(link.now));
}

TEST_CASE("the bind says who we are and is all that leaves") {
    driven_link link;
    link.settings.system_type = "CP";
    link.settings.address_range = "^79";
    link.connects();
    CHECK(link.fsm.state() == link_state::binding);
    const sent_pdu bind = link.sent_alone();
    CHECK(bind.id == command::bind_transceiver);
    CHECK(bind.status == status::ok);
    CHECK(bind.sequence_number == 1);
    const auto pdu = decode<bind_transceiver>(bind.body);
    REQUIRE(pdu.has_value());
    CHECK(pdu->system_id == "kabinet");
    CHECK(pdu->password == "not-real");
    CHECK(pdu->system_type == "CP");
    CHECK(pdu->interface_version == 0x34);
    CHECK(pdu->address_range == "^79");
}

TEST_CASE("each kind of link binds in its own way") {
    const auto id_of = [](bind_kind kind) {
        driven_link link{kind};
        link.connects();
        return link.sent_alone().id;
    };
    CHECK(id_of(bind_kind::transceiver) == command::bind_transceiver);
    CHECK(id_of(bind_kind::transmitter) == command::bind_transmitter);
    CHECK(id_of(bind_kind::receiver) == command::bind_receiver);
}

TEST_CASE("a login that no bind can hold closes and writes nothing") {
    driven_link link;
    link.settings.system_id = std::string(16, 'k');
    link.connects();
    CHECK(link.fsm.should_close());
    CHECK(link.fsm.given_up_for() == link_error::bind_unwritable);
    CHECK(link.sent().empty());
}

TEST_CASE("a bind response is taken whole or bare or with one NUL") {
    const auto smsc_in = [](const wire::bytes& body) {
        driven_link link;
        link.connects();
        const link_event event = link.receives(command::bind_transceiver_resp, 1, body);
        CHECK(link.fsm.is_bound());
        REQUIRE(std::holds_alternative<bound_now>(event));
        return std::string{std::get<bound_now>(event).system_id};
    };
    CHECK(smsc_in(wire::body{}.text("smsc").tlv(tag::sc_interface_version, "\x34")) == "smsc");
    CHECK(smsc_in(wire::body{}.text("smsc")) == "smsc");
    CHECK(smsc_in(one_nul).empty());
    CHECK(smsc_in({}).empty());
    CHECK(smsc_in(wire::body{}.characters("no NUL")).empty());
    CHECK(smsc_in(wire::body{}.text("smsc").octet(1)).empty());
}

TEST_CASE("a response with another number binds nothing") {
    driven_link link;
    link.connects();
    CHECK(is_nothing(link.receives(command::bind_transceiver_resp, 2)));
    CHECK(is_nothing(link.receives(command::submit_sm_resp, 1)));
    CHECK(link.fsm.state() == link_state::binding);
    CHECK(link.fsm.counts().unknown_responses == 2);
}

TEST_CASE("a second bind response changes nothing") {
    driven_link link = bound_link();
    CHECK(is_nothing(link.receives(command::bind_transceiver_resp, 1, {}, status::bind_failed)));
    CHECK(link.fsm.is_bound());
}

TEST_CASE("a refused bind closes and says why with any body") {
    for (const wire::bytes& body : {wire::bytes{}, one_nul, wire::bytes{wire::body{}.text("smsc")}}) {
        driven_link link;
        link.connects();
        CHECK(is_nothing(link.receives(command::bind_transceiver_resp, 1, body, status::invalid_password)));
        CHECK(link.fsm.refusal() == status::invalid_password);
        CHECK(link.fsm.given_up_for() == link_error::bind_refused);
        CHECK(link.fsm.should_close());
        CHECK_FALSE(link.fsm.may_submit());
    }
}

TEST_CASE("a generic_nack refuses the bind it numbers or the only one it can mean") {
    for (const std::uint32_t number : {0U, 1U}) {
        driven_link link;
        link.connects();
        CHECK(is_nothing(link.receives(command::generic_nack, number, {}, status::invalid_command_id)));
        CHECK(link.fsm.refusal() == status::invalid_command_id);
        CHECK(link.fsm.should_close());
    }
    driven_link link;
    link.connects();
    CHECK(is_nothing(link.receives(command::generic_nack, 7, {}, status::invalid_command_id)));
    CHECK(link.fsm.state() == link_state::binding);
    CHECK(is_nothing(link.receives(command::generic_nack, 1, {}, status::ok)));
    CHECK(link.fsm.refusal() == status::unknown_error);
}

TEST_CASE("a bind without response is given up after its time") {
    driven_link link;
    link.connects();
    link.passes(30s - 1ms);
    CHECK(link.fsm.state() == link_state::binding);
    link.passes(1ms);
    CHECK(link.fsm.should_close());
    CHECK(link.fsm.given_up_for() == link_error::bind_unanswered);
}

TEST_CASE("nothing but the bind leaves before its response") {
    driven_link link;
    link.settings.bind_timeout = 10min;
    link.connects();
    (void)link.sent();
    CHECK(link.submits(1) == link_error::not_bound);
    link.passes(5min);
    CHECK(link.fsm.state() == link_state::binding);
    CHECK(link.sent().empty());
}

TEST_CASE("a message before the bind response is refused and the bind goes on") {
    for (const command id : {command::deliver_sm, command::data_sm}) {
        driven_link link;
        link.connects();
        (void)link.sent();
        CHECK(is_nothing(link.receives(id, 9, wire::deliver_sm_saying("1"))));
        CHECK(link.sent_alone() == sent_pdu{response_to(id), status::invalid_bind_status, 9, one_nul});
        CHECK(link.fsm.state() == link_state::binding);
        CHECK(link.fsm.counts().refused_by_state == 1);
    }
}

TEST_CASE("a message on a transmitter is refused and the link stays") {
    driven_link link = bound_link(bind_kind::transmitter);
    CHECK(is_nothing(link.receives(command::deliver_sm, 9, wire::deliver_sm_saying("1"))));
    CHECK(link.sent_alone().status == status::invalid_bind_status);
    CHECK(link.fsm.is_bound());
}

TEST_CASE("a message after unbind is refused whoever asked for it") {
    driven_link theirs = bound_link();
    (void)theirs.receives(command::unbind, 5);
    (void)theirs.sent();
    CHECK(is_nothing(theirs.receives(command::deliver_sm, 9, wire::deliver_sm_saying("1"))));
    CHECK(theirs.sent_alone().status == status::invalid_bind_status);
    driven_link ours = bound_link();
    ours.fsm.stop(ours.now);
    (void)ours.sent();
    CHECK(is_nothing(ours.receives(command::deliver_sm, 9, wire::deliver_sm_saying("1"))));
    CHECK(ours.sent_alone().status == status::invalid_bind_status);
    CHECK(ours.fsm.state() == link_state::unbinding);
}

TEST_CASE("a message is handed up and answered under its own number") {
    for (const bind_kind kind : {bind_kind::transceiver, bind_kind::receiver}) {
        driven_link link = bound_link(kind);
        for (const std::uint32_t number : {0U, 1U, 0x7FFFFFFFU, 0x80000000U, 0xFFFFFFFFU}) {
            const link_event event =
                link.receives(command::deliver_sm, number, wire::deliver_sm_saying("*100#"));
            REQUIRE(std::holds_alternative<message>(event));
            CHECK(std::get<message>(event).sequence_number == number);
            CHECK(std::get<message>(event).source.characters == "79261112233");
            CHECK(link.sent().empty());
            link.fsm.respond(command::deliver_sm, number, status::temporary_error);
            CHECK(link.sent_alone() ==
                  sent_pdu{command::deliver_sm_resp, status::temporary_error, number, one_nul});
        }
    }
}

TEST_CASE("a data_sm is handed up as a message and answered as a data_sm") {
    driven_link link = bound_link();
    const auto body =
        wire::body{}.text("").octet(1, 2).text("79261112233").octet(1, 2).text("100").octet(0, 3);
    const link_event event =
        link.receives(command::data_sm, 3, wire::body{body}.tlv(tag::message_payload, "1"));
    REQUIRE(std::holds_alternative<message>(event));
    CHECK(std::get<message>(event).kind == command::data_sm);
    link.fsm.respond(command::data_sm, 3, status::ok);
    CHECK(link.sent_alone() == sent_pdu{command::data_sm_resp, status::ok, 3, one_nul});
}

TEST_CASE("a message that can't be read is answered with an error and the link stays") {
    driven_link link = bound_link();
    CHECK(is_nothing(link.receives(command::deliver_sm, 9, wire::deliver_sm_up_to_text(200))));
    CHECK(link.sent_alone() ==
          sent_pdu{command::deliver_sm_resp, status::invalid_message_length, 9, one_nul});
    CHECK(is_nothing(link.receives(command::deliver_sm, 10, wire::deliver_sm_saying("1").u32(0x0501FFFF))));
    CHECK(link.sent_alone() ==
          sent_pdu{command::deliver_sm_resp, status::invalid_optional_part, 10, one_nul});
    CHECK(is_nothing(link.receives(command::data_sm, 11)));
    CHECK(link.sent_alone() == sent_pdu{command::data_sm_resp, status::invalid_message_length, 11, one_nul});
    CHECK(link.fsm.is_bound());
    CHECK(link.fsm.counts().malformed == 3);
}

TEST_CASE("an unknown command is nacked and the link stays") {
    driven_link link = bound_link();
    for (const std::uint32_t id : {0x0AU, 0x112U, 0x00010200U, 0x7FFFFFFFU}) {
        CHECK(is_nothing(link.receives(command{id}, 0xFFFFFFFF)));
        CHECK(link.sent_alone() ==
              sent_pdu{command::generic_nack, status::invalid_command_id, 0xFFFFFFFF, {}});
    }
    CHECK(link.fsm.is_bound());
    CHECK(link.fsm.counts().unknown_commands == 4);
}

TEST_CASE("a command that only an ESME sends is answered by its own response") {
    driven_link link = bound_link();
    for (const command id : {command::submit_sm, command::submit_multi, command::query_sm, command::cancel_sm,
                             command::replace_sm, command::bind_receiver, command::bind_transmitter,
                             command::bind_transceiver}) {
        CHECK(is_nothing(link.receives(id, 6, one_nul)));
        CHECK(link.sent_alone() == sent_pdu{response_to(id), status::invalid_bind_status, 6, {}});
    }
    CHECK(link.fsm.is_bound());
    CHECK(link.fsm.counts().refused_by_state == 8);
}

TEST_CASE("a response nobody asked for is counted and never answered") {
    driven_link link = bound_link();
    for (const command id : {command{0x80000112}, command{0xFFFFFFFF}, command::submit_sm_resp,
                             command::deliver_sm_resp, command::generic_nack, command::bind_receiver_resp})
        CHECK(is_nothing(link.receives(id, 1, {}, status{0x400})));
    CHECK(is_nothing(link.receives(command::enquire_link_resp, 77)));
    CHECK(is_nothing(link.receives(command::unbind_resp, 77)));
    CHECK(link.sent().empty());
    CHECK(link.fsm.is_bound());
    CHECK(link.fsm.counts().unknown_responses == 6);
}

TEST_CASE("an alert says who can be reached again and has no response") {
    driven_link link = bound_link();
    const auto body = wire::body{}.octet(1, 2).text("79261112233").octet(0, 2).text("");
    const link_event event = link.receives(command::alert_notification, 1, body);
    REQUIRE(std::holds_alternative<subscriber_available>(event));
    CHECK(std::get<subscriber_available>(event).source.characters == "79261112233");
    CHECK(is_nothing(link.receives(command::alert_notification, 1)));
    CHECK(is_nothing(link.receives(command::outbind, 1)));
    CHECK(link.sent().empty());
    CHECK(link.fsm.counts().malformed == 1);
}

TEST_CASE("a length nobody can mean is nacked and closes") {
    for (const bool was_bound : {false, true}) {
        driven_link link;
        was_bound ? link.binds() : link.connects();
        (void)link.sent();
        link.fsm.received_broken_frame();
        CHECK(link.sent_alone() == sent_pdu{command::generic_nack, status::invalid_command_length, 0, {}});
        CHECK(link.fsm.should_close());
        CHECK(link.fsm.given_up_for() == link_error::broken_frame);
        CHECK(link.fsm.counts().malformed == 1);
    }
}

TEST_CASE("a PDU that doesn't finish in time closes") {
    for (const bool was_bound : {false, true}) {
        driven_link link;
        was_bound ? link.binds() : link.connects();
        link.fsm.has_partial_pdu(true, link.now);
        link.passes(5s);
        link.fsm.has_partial_pdu(true, link.now); // one octet more, and no more time
        link.passes(5s - 1ms);
        CHECK_FALSE(link.fsm.should_close());
        link.passes(1ms);
        CHECK(link.fsm.should_close());
        CHECK(link.fsm.given_up_for() == link_error::pdu_unfinished);
    }
}

TEST_CASE("a PDU that finished leaves no deadline behind") {
    driven_link link = bound_link();
    link.fsm.has_partial_pdu(true, link.now);
    link.passes(9s);
    link.fsm.has_partial_pdu(false, link.now);
    link.passes(9s);
    CHECK(link.fsm.is_bound());
}

TEST_CASE("a busy stream whose every read ends within a PDU is not taken for a slow one") {
    driven_link link = bound_link();
    for (int second = 0; second < 60; ++second) {
        (void)link.receives(command::enquire_link, 1);
        link.fsm.has_partial_pdu(true, link.now);
        link.passes(1s);
    }
    CHECK(link.fsm.is_bound());
}

TEST_CASE("an enquire_link is answered in every state that has a connection") {
    driven_link link;
    link.connects();
    (void)link.sent();
    const auto is_answered = [&](std::uint32_t number) {
        CHECK(is_nothing(link.receives(command::enquire_link, number)));
        return link.sent_alone() == sent_pdu{command::enquire_link_resp, status::ok, number, {}};
    };
    CHECK(is_answered(0));
    (void)link.receives(command::bind_transceiver_resp, 1);
    CHECK(is_answered(0xFFFFFFFF));
    link.fsm.stop(link.now);
    (void)link.sent();
    CHECK(is_answered(0x80000000));
}

TEST_CASE("after silence the link asks once and an answer or anything else will do") {
    for (const command answer : {command::enquire_link_resp, command::deliver_sm, command::enquire_link}) {
        driven_link link = bound_link();
        link.passes(30s - 1ms);
        CHECK(link.sent().empty());
        link.passes(1ms);
        const sent_pdu asked = link.sent_alone();
        CHECK(asked.id == command::enquire_link);
        CHECK(asked.sequence_number == 2);
        link.passes(9s);
        CHECK(link.sent().empty());
        (void)link.receives(answer, asked.sequence_number, wire::deliver_sm_saying("1"));
        (void)link.sent();
        link.passes(30s - 1ms);
        CHECK(link.fsm.is_bound());
        CHECK(link.sent().empty());
        link.passes(1ms);
        CHECK(link.sent_alone().id == command::enquire_link);
    }
}

TEST_CASE("an enquire_link without answer closes and what was in flight is unknown") {
    driven_link link = bound_link();
    link.passes(25s);
    (void)link.submitted(70);
    link.passes(5s);
    CHECK(link.sent_alone().id == command::enquire_link);
    link.passes(10s - 1ms);
    CHECK(link.fsm.is_bound());
    link.passes(1ms);
    CHECK(link.fsm.should_close());
    CHECK(link.fsm.given_up_for() == link_error::enquire_link_unanswered);
    (void)link.loses_connection();
    CHECK(link.unanswered() == std::vector<ticket>{70});
}

TEST_CASE("an unbind of theirs is answered and closes with requests in flight") {
    driven_link link = bound_link();
    (void)link.submitted(70);
    CHECK(is_nothing(link.receives(command::unbind, 0x80000001)));
    CHECK(link.sent_alone() == sent_pdu{command::unbind_resp, status::ok, 0x80000001, {}});
    CHECK(link.fsm.should_close());
    CHECK(link.fsm.given_up_for() == link_error::unbound_by_smsc);
    CHECK(link.submits(71) == link_error::not_bound);
    CHECK(link.unanswered().empty());
    (void)link.loses_connection();
    CHECK(link.unanswered() == std::vector<ticket>{70});
    CHECK(link.fsm.should_connect(link.fsm.retry_at()));
}

TEST_CASE("a stop unbinds and still takes responses until the SMSC agrees") {
    driven_link link = bound_link();
    const std::uint32_t number = link.submitted(70);
    link.fsm.stop(link.now);
    CHECK(link.fsm.state() == link_state::unbinding);
    const sent_pdu unbind = link.sent_alone();
    CHECK(unbind.id == command::unbind);
    CHECK(unbind.sequence_number == number + 1);
    CHECK(link.submits(71) == link_error::not_bound);
    CHECK(answer_in(link.receives(command::submit_sm_resp, number)).ticket == 70);
    link.fsm.respond(command::deliver_sm, 4, status::ok);
    CHECK(link.sent_alone().id == command::deliver_sm_resp);
    CHECK_FALSE(link.fsm.should_close());
    CHECK(is_nothing(link.receives(command::unbind_resp, unbind.sequence_number)));
    CHECK(link.fsm.should_close());
    CHECK_FALSE(link.fsm.is_stopped());
    (void)link.loses_connection();
    CHECK(link.fsm.given_up_for() == link_error::stopped);
    CHECK(link.fsm.is_stopped());
    CHECK_FALSE(link.fsm.should_connect(link.now + 1h));
}

TEST_CASE("an unbind of ours without response is given up after its time") {
    driven_link link = bound_link();
    link.fsm.stop(link.now);
    link.passes(5s - 1ms);
    CHECK(link.fsm.state() == link_state::unbinding);
    link.passes(1ms);
    CHECK(link.fsm.should_close());
    CHECK(link.fsm.given_up_for() == link_error::stopped);
}

TEST_CASE("two unbinds that cross end the link") {
    driven_link link = bound_link();
    link.fsm.stop(link.now);
    (void)link.sent();
    CHECK(is_nothing(link.receives(command::unbind, 3)));
    CHECK(link.sent_alone().id == command::unbind_resp);
    CHECK(link.fsm.should_close());
    CHECK(link.fsm.given_up_for() == link_error::stopped);
}

TEST_CASE("a second stop doesn't wait for the SMSC") {
    driven_link link = bound_link();
    link.fsm.stop(link.now);
    link.fsm.stop(link.now);
    CHECK(link.fsm.should_close());
}

TEST_CASE("a stop without a bound connection closes what there is") {
    driven_link closed;
    closed.fsm.stop(closed.now);
    CHECK(closed.fsm.is_stopped());
    driven_link connecting;
    connecting.fsm.connecting();
    connecting.fsm.stop(connecting.now);
    CHECK(connecting.fsm.should_close());
    CHECK(connecting.sent().empty());
    driven_link binding;
    binding.connects();
    (void)binding.sent();
    binding.fsm.stop(binding.now);
    CHECK(binding.fsm.should_close());
    CHECK(binding.sent().empty());
    CHECK(is_nothing(binding.receives(command::bind_transceiver_resp, 1)));
    CHECK(binding.fsm.should_close());
    driven_link closing = bound_link();
    (void)closing.receives(command::unbind, 3);
    closing.fsm.stop(closing.now);
    CHECK(closing.fsm.should_close());
    for (driven_link* each : {&connecting, &binding, &closing}) {
        (void)each->loses_connection();
        CHECK(each->fsm.is_stopped());
        CHECK_FALSE(each->fsm.should_connect(each->now + 1h));
    }
}

TEST_CASE("the first reason to give a connection up is kept until the next try") {
    driven_link link = bound_link();
    link.fsm.received_broken_frame();
    link.fsm.stop(link.now);
    CHECK(link.fsm.given_up_for() == link_error::broken_frame);
    driven_link refused;
    refused.connects();
    (void)refused.receives(command::bind_transceiver_resp, 1, {}, status::bind_failed);
    (void)refused.loses_connection();
    CHECK(refused.fsm.given_up_for() == link_error::bind_refused);
    CHECK(refused.fsm.refusal() == status::bind_failed);
    refused.fsm.connecting();
    CHECK_FALSE(refused.fsm.given_up_for());
    CHECK_FALSE(refused.fsm.refusal());
}

TEST_CASE("a connection that the other side ends was not given up") {
    driven_link link = bound_link();
    (void)link.loses_connection();
    CHECK_FALSE(link.fsm.given_up_for());
}

TEST_CASE("tries count the connections in a row that were not bound") {
    driven_link link;
    CHECK(link.fsm.tries() == 0);
    for (std::uint32_t failed = 1; failed <= 12; ++failed) {
        failed % 2 == 0 ? link.fsm.connecting() : link.connects();
        (void)link.loses_connection();
        CHECK(link.fsm.tries() == failed);
    }
    link.binds();
    (void)link.loses_connection();
    CHECK(link.fsm.tries() == 1);
    link.fsm.connecting();
    (void)link.loses_connection();
    CHECK(link.fsm.tries() == 2);
}

TEST_CASE("a connection may be lost in every state and a new one binds") {
    const auto binds_after = [](auto reach) {
        driven_link link;
        reach(link);
        const auto wait = link.loses_connection();
        CHECK(link.fsm.state() == link_state::closed);
        CHECK_FALSE(link.fsm.should_connect(link.now + wait - 1ns));
        link.now += wait;
        CHECK(link.fsm.should_connect(link.now));
        link.binds();
        CHECK(link.submits(1) == boost::system::error_code{});
        CHECK(link.sent().size() == 1);
    };
    binds_after([](driven_link& link) { link.fsm.connecting(); });
    binds_after([](driven_link& link) { link.connects(); });
    binds_after([](driven_link& link) { link.binds(); });
    binds_after([](driven_link& link) {
        link.binds();
        (void)link.receives(command::unbind, 1);
    });
    binds_after([](driven_link& link) {
        link.binds();
        link.fsm.has_partial_pdu(true, link.now);
        link.passes(40s);
    });
}

TEST_CASE("what a lost connection left unsent is not sent over the next") {
    driven_link link = bound_link();
    REQUIRE_FALSE(link.submits(70));
    (void)link.receives(command::enquire_link, 8);
    (void)link.fsm.output().begin_write();
    (void)link.receives(command::enquire_link, 9);
    (void)link.loses_connection();
    link.fsm.respond(command::deliver_sm, 4, status::ok); // of the connection that is gone
    link.connects();
    CHECK(link.sent_alone().id == command::bind_transceiver);
    CHECK(link.unanswered() == std::vector<ticket>{70});
}

TEST_CASE("responses find their submits in any order whatever their status and body") {
    driven_link link = bound_link();
    std::vector<std::uint32_t> numbers;
    for (ticket each = 70; each < 74; ++each)
        numbers.push_back(link.submitted(each));
    const auto body = wire::body{}.text("0a1b");
    const response second = answer_in(link.receives(command::submit_sm_resp, numbers[1], body));
    CHECK(second.ticket == 71);
    CHECK(second.result == status::ok);
    CHECK(second.message_id == "0a1b");
    CHECK_FALSE(second.is_late);
    const response fourth = answer_in(link.receives(command::submit_sm_resp, numbers[3], {}, status{0x40E}));
    CHECK(fourth.ticket == 73);
    CHECK(fourth.result == status{0x40E});
    CHECK(fourth.message_id.empty());
    CHECK(answer_in(link.receives(command::submit_sm_resp, numbers[0], one_nul, status::throttled)).ticket ==
          70);
    const auto broken = wire::body{}.characters("no NUL");
    CHECK(answer_in(link.receives(command::submit_sm_resp, numbers[2], broken)).ticket == 72);
    CHECK(link.fsm.in_flight() == 0);
}

TEST_CASE("a submit answered as if nothing were bound comes back and the link binds anew") {
    driven_link link = bound_link();
    const std::uint32_t number = link.submitted(70);
    const response refused =
        answer_in(link.receives(command::submit_sm_resp, number, {}, status::invalid_bind_status));
    CHECK(refused.ticket == 70);
    CHECK(refused.result == status::invalid_bind_status);
    CHECK(link.fsm.should_close());
    CHECK(link.fsm.given_up_for() == link_error::bind_forgotten);
    (void)link.loses_connection();
    CHECK(link.fsm.should_connect(link.fsm.retry_at()));
}

TEST_CASE("a stop is not cut short by a submit answered as if nothing were bound") {
    driven_link link = bound_link();
    const std::uint32_t number = link.submitted(70);
    link.fsm.stop(link.now);
    (void)link.receives(command::submit_sm_resp, number, {}, status::invalid_bind_status);
    CHECK(link.fsm.state() == link_state::unbinding);
}

TEST_CASE("a response of no submit of ours ends nothing whatever its status") {
    driven_link link = bound_link();
    CHECK(is_nothing(link.receives(command::submit_sm_resp, 77, {}, status::invalid_bind_status)));
    CHECK(link.fsm.is_bound());
}

TEST_CASE("a response that comes twice is taken once") {
    driven_link link = bound_link();
    const std::uint32_t number = link.submitted(70);
    CHECK(answer_in(link.receives(command::submit_sm_resp, number)).ticket == 70);
    CHECK(is_nothing(link.receives(command::submit_sm_resp, number)));
    CHECK(link.fsm.counts().unknown_responses == 1);
}

TEST_CASE("a generic_nack with a known number fails that submit") {
    driven_link link = bound_link();
    const std::uint32_t first = link.submitted(70);
    const std::uint32_t second = link.submitted(71);
    const response failed =
        answer_in(link.receives(command::generic_nack, first, {}, status::invalid_command_length));
    CHECK(failed.ticket == 70);
    CHECK(failed.result == status::invalid_command_length);
    CHECK(answer_in(link.receives(command::generic_nack, second)).result == status::unknown_error);
    CHECK(is_nothing(link.receives(command::generic_nack, 0, {}, status::invalid_command_id)));
    CHECK(link.fsm.is_bound());
}

TEST_CASE("a submit without response comes back once and its late response says so once") {
    driven_link link = bound_link();
    const std::uint32_t number = link.submitted(70);
    link.now += 10s - 1ns;
    CHECK(link.unanswered().empty());
    link.now += 1ns;
    CHECK(link.unanswered() == std::vector<ticket>{70});
    CHECK(link.unanswered().empty());
    CHECK(link.fsm.in_flight() == 0);
    const response late = answer_in(link.receives(command::submit_sm_resp, number));
    CHECK(late.ticket == 70);
    CHECK(late.is_late);
    CHECK(is_nothing(link.receives(command::submit_sm_resp, number)));
}

TEST_CASE("only the latest given up submits are remembered") {
    link_settings settings = driven_link::lab_settings();
    settings.window = 300;
    driven_link link{bind_kind::transceiver, settings};
    link.binds();
    std::vector<std::uint32_t> numbers;
    for (ticket each = 0; each < 300; ++each)
        numbers.push_back(link.submitted(each));
    link.now += 10s;
    CHECK(link.unanswered().size() == 300);
    CHECK(is_nothing(link.receives(command::submit_sm_resp, numbers[43])));
    CHECK(answer_in(link.receives(command::submit_sm_resp, numbers[44])).is_late);
    CHECK(answer_in(link.receives(command::submit_sm_resp, numbers[299])).is_late);
}

TEST_CASE("a response over the next connection belongs to nobody") {
    driven_link link = bound_link();
    const std::uint32_t late = link.submitted(70);
    link.now += 10s;
    CHECK(link.unanswered() == std::vector<ticket>{70});
    const std::uint32_t lost = link.submitted(71);
    (void)link.loses_connection();
    CHECK(link.unanswered() == std::vector<ticket>{71});
    link.binds();
    CHECK(is_nothing(link.receives(command::submit_sm_resp, late)));
    CHECK(is_nothing(link.receives(command::submit_sm_resp, lost)));
}

TEST_CASE("all tickets of a lost connection come back once in the order sent") {
    driven_link link = bound_link();
    for (ticket each = 70; each < 74; ++each)
        (void)link.submitted(each);
    (void)link.receives(command::submit_sm_resp, link.bind_number + 2);
    (void)link.loses_connection();
    CHECK(link.unanswered() == std::vector<ticket>{70, 72, 73});
    CHECK(link.unanswered().empty());
    CHECK(link.fsm.in_flight() == 0);
}

TEST_CASE("a full window refuses and leaves no trace") {
    driven_link link = bound_link();
    for (ticket each = 0; each < 4; ++each)
        REQUIRE_FALSE(link.submits(each));
    CHECK(link.submits(4) == link_error::window_full);
    CHECK(link.sent().size() == 4);
    CHECK(link.fsm.in_flight() == 4);
    (void)link.receives(command::submit_sm_resp, link.bind_number + 1);
    CHECK_FALSE(link.submits(4));
}

TEST_CASE("submits are refused without a bound way out") {
    driven_link closed;
    CHECK(closed.submits(1) == link_error::not_bound);
    driven_link receiver = bound_link(bind_kind::receiver);
    CHECK_FALSE(receiver.fsm.may_submit());
    CHECK(receiver.submits(1) == link_error::not_bound);
    CHECK(receiver.sent().empty());
}

TEST_CASE("a submit that can't be encoded takes no place and no number") {
    driven_link link = bound_link();
    CHECK(link.submits(1, std::string(255, 'x')) == codec_error::text_too_long);
    CHECK(link.sent().empty());
    CHECK(link.fsm.in_flight() == 0);
    CHECK(link.submitted(2) == link.bind_number + 1);
}

TEST_CASE("the longest submit is written whole") {
    driven_link link = bound_link();
    const std::vector<std::uint8_t> payload(60'000, 'p');
    std::vector<std::uint8_t> place(60'004);
    tlv_writer parameters{place};
    parameters.add(tag::message_payload, payload);
    submit_sm pdu;
    wire::filler full;
    submit_sm::visit(pdu, full);
    pdu.tlv = parameters.list();
    REQUIRE(link.fsm.submit(pdu, 1, link.now).has_value());
    const sent_pdu sent = link.sent_alone();
    const auto back = decode<submit_sm>(sent.body);
    REQUIRE(back.has_value());
    CHECK(wire::fields_of(*back) == wire::fields_of(pdu));
}

TEST_CASE("our numbers wrap to one and responses are still found") {
    driven_link link = bound_link();
    link.fsm.awaited().continue_after(0x7FFFFFFE);
    CHECK(link.submitted(70) == 0x7FFFFFFF);
    CHECK(link.submitted(71) == 1);
    CHECK(answer_in(link.receives(command::submit_sm_resp, 0x7FFFFFFF)).ticket == 70);
    CHECK(answer_in(link.receives(command::submit_sm_resp, 1)).ticket == 71);
    link.fsm.awaited().continue_after(0x7FFFFFFF);
    link.passes(30s);
    CHECK(link.sent_alone().sequence_number == 1);
}

TEST_CASE("a response to a message leaves before the submits that wait") {
    driven_link link = bound_link();
    REQUIRE_FALSE(link.submits(70));
    link.fsm.respond(command::deliver_sm, 5, status::ok);
    const auto out = link.sent();
    REQUIRE(out.size() == 2);
    CHECK(out[0].id == command::deliver_sm_resp);
    CHECK(out[1].id == command::submit_sm);
}

TEST_CASE("where the dialect wants it a response to a message leaves after the submits before it") {
    link_settings settings = driven_link::lab_settings();
    settings.speaks.respond = response_order::after_submit;
    driven_link link{bind_kind::transceiver, settings};
    link.binds();
    REQUIRE_FALSE(link.submits(70));
    link.fsm.respond(command::deliver_sm, 5, status::ok);
    (void)link.receives(command::data_sm, 6); // refused, in its turn
    REQUIRE_FALSE(link.submits(71));
    (void)link.receives(command::enquire_link, 7); // which waits for nothing
    const auto out = link.sent();
    REQUIRE(out.size() == 5);
    CHECK(out[0].id == command::enquire_link_resp);
    CHECK(out[1].id == command::submit_sm);
    CHECK(out[2] == sent_pdu{command::deliver_sm_resp, status::ok, 5, one_nul});
    CHECK(out[3] == sent_pdu{command::data_sm_resp, status::invalid_message_length, 6, one_nul});
    CHECK(out[4].id == command::submit_sm);
}

TEST_CASE("nothing written before the response to an unbind leaves after it") {
    driven_link link = bound_link();
    REQUIRE_FALSE(link.submits(70));
    link.fsm.respond(command::deliver_sm, 5, status::ok);
    (void)link.receives(command::unbind, 6);
    const auto out = link.sent();
    REQUIRE(out.size() == 3);
    CHECK(out.back().id == command::unbind_resp);
}

TEST_CASE("a refusal slows one dial and not those that fail after it") {
    driven_link link;
    link.connects();
    (void)link.receives(command::bind_transceiver_resp, 1, {}, status::already_bound);
    CHECK(link.loses_connection() >= 30s);
    link.fsm.connecting();
    CHECK(link.loses_connection() <= 1s);
}

TEST_CASE("a link that was bound for a while starts its waits anew and a shorter one doesn't") {
    const auto wait_after_bound_for = [](std::chrono::nanoseconds time) {
        driven_link link;
        for (int i = 0; i < 5; ++i) {
            link.fsm.connecting();
            (void)link.loses_connection();
        }
        link.binds();
        link.now += time;
        return link.loses_connection();
    };
    CHECK(wait_after_bound_for(10s) <= 500ms);
    CHECK(wait_after_bound_for(10s - 1ms) >= 8s);
}

TEST_CASE("over thousands of random steps every ticket comes back exactly once") {
    std::mt19937 random{11};
    const auto below = [&](std::uint32_t most) {
        return std::uniform_int_distribution<std::uint32_t>{0, most - 1}(random);
    };
    for (const bind_kind kind : every_kind) {
        driven_link link{kind};
        std::set<ticket> out;
        std::deque<std::uint32_t> numbers; // of what was sent lately
        ticket next = 1;
        const auto take_unanswered = [&] {
            for (const ticket each : link.unanswered())
                REQUIRE(out.erase(each) == 1);
        };
        const auto take_sent = [&] {
            for (const sent_pdu& each : link.sent())
                numbers.push_back(each.sequence_number);
            while (numbers.size() > 8)
                numbers.pop_front();
        };
        for (int step = 0; step < 5'000; ++step) {
            if (link.fsm.state() == link_state::closed) {
                link.connects();
                (void)link.receives(link.bind_resp_id(), link.sent_alone().sequence_number);
            }
            const std::uint32_t dice = below(100);
            if (dice < 50 && !link.submits(next))
                out.insert(next++);
            else if (dice < 85 && !numbers.empty()) {
                const std::uint32_t any = numbers[below(static_cast<std::uint32_t>(numbers.size()))];
                const link_event event =
                    link.receives(command::submit_sm_resp, any, {}, status{below(0x500)});
                if (const auto* answer = std::get_if<response>(&event))
                    REQUIRE((answer->is_late || out.erase(answer->ticket) == 1));
            } else if (dice < 97)
                link.passes(std::chrono::milliseconds{below(3'000)});
            else if (dice < 98)
                (void)link.receives(command::unbind, 1);
            if (dice == 99 || link.fsm.should_close())
                (void)link.loses_connection();
            take_unanswered();
            take_sent();
            REQUIRE(link.fsm.in_flight() == out.size());
        }
        (void)link.loses_connection();
        take_unanswered();
        CHECK(out.empty());
        CHECK((next > 1'000) == (kind != bind_kind::receiver));
    }
}

} // namespace link_fsm_test
