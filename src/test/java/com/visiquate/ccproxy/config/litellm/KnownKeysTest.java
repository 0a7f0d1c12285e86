package com.visiquate.ccproxy.config.litellm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys that LiteLLM documents are known. */
final class KnownKeysTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "model_list[].litellm_params; model api_base base_url api_key api_version stream timeout"
            + " stream_timeout max_retries num_retries rpm tpm weight order max_parallel_requests"
            + " cooldown_time tags drop_params additional_drop_params allowed_openai_params"
            + " extra_headers temperature max_tokens top_p seed stop keep_alive num_ctx format"
            + " merge_reasoning_content_in_choices use_in_pass_through input_cost_per_token"
            + " output_cost_per_token mock_response",
        "general_settings; master_key database_url completion_model max_parallel_requests"
            + " global_max_parallel_requests background_health_checks health_check_interval"
            + " health_check_details allow_requests_on_db_unavailable max_request_size_mb"
            + " max_response_size_mb proxy_batch_write_at disable_spend_logs"
            + " always_include_stream_usage token_rate_limit_type litellm_key_header_name"
            + " forward_client_headers_to_llm_api user_header_name pass_through_endpoints"
            + " infer_model_from_keys alerting",
        "litellm_settings; drop_params set_verbose json_logs request_timeout num_retries callbacks"
            + " success_callback failure_callback service_callback cache cache_params fallbacks"
            + " context_window_fallbacks default_fallbacks turn_off_message_logging modify_params"
            + " max_budget prometheus_metrics_config prometheus_emit_stream_label"
            + " custom_prometheus_metadata_labels custom_prometheus_tags network_mock",
        "router_settings; routing_strategy routing_strategy_args timeout stream_timeout"
            + " num_retries retry_after retry_policy model_group_retry_policy model_group_alias"
            + " fallbacks context_window_fallbacks content_policy_fallbacks default_fallbacks"
            + " max_fallbacks cooldown_time allowed_fails allowed_fails_policy disable_cooldowns"
            + " default_max_parallel_requests enable_tag_filtering enable_pre_call_checks"
            + " enable_health_check_routing health_check_staleness_threshold"
            + " health_check_ignore_transient_errors redis_host redis_port redis_password"
            + " redis_url",
      })
  void knowsWhatIsDocumented(String section, String keys) {
    Stream<String> paths = Arrays.stream(keys.split(" ", -1)).map(key -> section + "." + key);

    assertThat(KnownKeys.all().keySet()).containsAll(paths.toList());
  }

  @Test
  void hasAReasonOrAUseForEach() {
    assertThat(KnownKeys.all().values())
        .isNotEmpty()
        .allSatisfy(why -> assertThat(why).isNotBlank());
  }
}
