"""What we lean on in Prefect without its promise is still there, and still does what we lean on.

One test for each such thing. A new version of Prefect that breaks one of them breaks a test here
before it breaks an order.
"""

import importlib
import inspect
import re
import ssl
from pathlib import Path
from typing import Any

import pytest
from prefect.settings import Settings
from prefect.settings.legacy import _get_valid_setting_names

from connectors.runs import form_key
from deployments.home import home_at
from deployments.leg import CONCLUDED, NOT_NEEDED, ONLY_POLICY
from deployments.prefect_server import client_environment, server_environment, shared_environment
from deployments.subscriber import HEARD


def module(name: str) -> Any:
    """A part of Prefect."""
    return importlib.import_module(f"prefect.{name}")


def parameters(function: Any) -> set[str]:
    """The names by which it can be called."""
    return set(inspect.signature(function).parameters)


@pytest.mark.parametrize("name", NOT_NEEDED)
def test_the_engine_enters_the_contexts_that_a_leg_does_without(name: str) -> None:
    engine = module("flow_engine")
    assert callable(getattr(engine, name))
    assert re.search(rf"(with|enter_context\()\s*{name}\(", inspect.getsource(engine))


def test_prefects_client_takes_no_more_from_ssl_than_a_leg_gives_it() -> None:
    client = module("client.orchestration")
    assert client.ssl is ssl
    given = {"SSLContext", "CERT_NONE", "create_default_context"}
    assert set(re.findall(r"\bssl\.(\w+)", inspect.getsource(client))) == given


def test_prefect_asks_for_the_servers_storage_by_the_name_that_is_replaced() -> None:
    results = module("results")
    name = "_read_server_default_result_storage_block_id"
    assert parameters(getattr(results, name)) == set()
    assert f"{name}()" in inspect.getsource(results._get_default_result_storage)


def test_the_engine_writes_the_policy_by_the_call_that_is_left_out() -> None:
    calls = re.findall(
        r"client\.update_flow_run\((.*?)\n +\)", inspect.getsource(module("flow_engine")), re.S
    )
    assert [set(re.findall(r"(\w+)=", call)) for call in calls] == [ONLY_POLICY, ONLY_POLICY]
    assert (
        parameters(module("client.orchestration").SyncPrefectClient.update_flow_run) >= ONLY_POLICY
    )


def test_prefect_sends_log_lines_one_by_one_through_the_place_that_is_replaced() -> None:
    assert parameters(module("logging.handlers").APILogHandler.emit) == {"self", "record"}
    assert "/prefect/" in module("flow_engine").__file__


def test_prefect_keeps_its_note_of_an_ended_attempt_where_each_leg_takes_it_away() -> None:
    listener = module("_internal.control_listener")
    asked = inspect.getsource(listener.engine_outcome_is_handled)
    assert asked.rstrip().endswith(f"return {CONCLUDED}")
    assert getattr(listener, CONCLUDED) is False


def test_a_run_can_be_carried_out_by_its_json() -> None:
    assert {"flow", "flow_run"} <= parameters(module("flow_engine").run_flow)
    assert parameters(module("engine").handle_engine_signals) == {"flow_run_id"}
    assert "PREFECT__FLOW_RUN_ID" in inspect.getsource(module("flow_engine"))


def test_prefect_stores_an_answer_under_the_name_by_which_we_look_for_it() -> None:
    states, inputs = module("states"), module("input.run_input")
    keys = inputs.keyset_from_paused_state(states.Suspended(pause_key="g-1-1"))
    assert keys["response"] == form_key("g-1-1")
    details = module("client.schemas.objects").StateDetails
    assert details(run_input_keyset=keys).run_input_keyset["schema"] == keys["schema"]


def test_a_form_is_asked_with_a_briefing_and_a_key() -> None:
    wanted = {"wait_for_input", "key", "timeout"}
    assert wanted <= parameters(module("flow_runs").suspend_flow_run)
    form = module("input").RunInput.with_initial_data(description="# Briefing")
    assert form._description == "# Briefing"


def test_prefect_evaluates_templates_in_answers_under_the_word_that_we_refuse() -> None:
    hydrate = module("utilities.schema_tools.hydration")
    context = hydrate.HydrationContext(render_workspace_variables=False)
    evaluated = hydrate.hydrate({"x": {"__prefect_kind": "json", "value": '"y"'}}, context)
    assert evaluated == {"x": "y"}


def test_a_running_flow_finds_its_own_id() -> None:
    assert "flow_run" in module("context").FlowRunContext.model_fields


def test_prefect_names_its_events_after_the_states_that_the_worker_listens_for() -> None:
    made = inspect.getsource(module("server.models.events").flow_run_state_change_event)
    assert 'f"prefect.flow-run.{validated_state.name}"' in made
    assert {event.rpartition(".")[2] for event in HEARD} == {"Scheduled", "Resuming", "Cancelling"}
    resume = inspect.getsource(module("server.api.flow_runs").resume_flow_run)
    assert 'name="Resuming"' in resume
    assert module("states").Scheduled().name == "Scheduled"
    assert module("states").Cancelling().name == "Cancelling"


def test_every_setting_that_we_give_to_prefect_is_one() -> None:
    given = {
        **client_environment(home_at(Path("/x")), "http://127.0.0.1:1/api", "a:b"),
        **server_environment("postgresql+asyncpg://x/y", 1, "a:b"),
        **shared_environment("redis://x"),
    }
    elsewhere = {"DO_NOT_TRACK", *(name for name in given if name.startswith("PREFECT_REDIS_"))}
    assert given.keys() - elsewhere - _get_valid_setting_names(Settings) == set()


def test_prefects_command_gives_a_worker_what_ours_takes_by_name() -> None:
    base, command = module("workers.base").BaseWorker, module("cli.worker").start
    source = inspect.getsource(inspect.unwrap(command))
    given = set(re.findall(r"^            (\w+)=", source.partition("worker_cls(")[2], re.M))
    assert {"name", "limit", "work_pool_name", "create_pool_if_not_found"} <= given
    assert given - {"run_once", "with_healthcheck", "printer"} <= parameters(base.__init__)
    assert parameters(base.start) == {"self", "run_once", "with_healthcheck", "printer"}


def test_prefect_finds_our_worker_by_its_type() -> None:
    found = module("workers.base").BaseWorker.get_worker_class_from_type("orderflow")
    assert found is importlib.import_module("deployments.prefect_worker").OrderflowWorker
    assert module("workers.process").ProcessWorker.type == "process"
