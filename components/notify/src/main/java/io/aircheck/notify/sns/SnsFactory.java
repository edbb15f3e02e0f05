package io.aircheck.notify.sns;

import io.aircheck.core.meter.Quantity;
import io.aircheck.core.net.OutboundPolicy;
import io.aircheck.core.notify.ChannelSetting;
import io.aircheck.core.notify.ChannelSettings;
import io.aircheck.core.notify.Notifier;
import io.aircheck.core.notify.NotifierFactory;
import io.aircheck.notify.http.HttpEndpoint;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Makes channels to topics of Amazon SNS. */
public final class SnsFactory implements NotifierFactory {
  private static final Pattern TOPIC =
      Pattern.compile("arn:(aws[a-z-]*):sns:([a-z0-9-]+):\\d{12}:[A-Za-z0-9_-]{1,256}(\\.fifo)?");

  @Override
  public String type() {
    return "sns";
  }

  @Override
  public List<ChannelSetting> settings() {
    return List.of(
        ChannelSetting.required("topicArn", "ARN of the topic; its region is in it."),
        ChannelSetting.optional(
            "accessKeyId", "Access key; left out, the usual places of the AWS SDK are asked."),
        ChannelSetting.optional("secretAccessKey", "Its secret.").asSecret(),
        ChannelSetting.optional("url", "Endpoint, instead of that of the region."),
        ChannelSetting.withDefault(
            "source", "aircheck", "Source of the events, a URI reference that names the service."),
        ChannelSetting.withDefault(
            "timeoutSeconds", "10", "Longest time until the whole answer is there."));
  }

  @Override
  public Quantity meteredAs() {
    return Quantity.MESSAGES;
  }

  @Override
  public Notifier create(ChannelSettings settings, OutboundPolicy outbound) {
    String topicArn = settings.text("topicArn");
    Matcher topic = TOPIC.matcher(topicArn);
    if (!topic.matches()) {
      throw settings.invalid(
          "topicArn", "must be an ARN such as arn:aws:sns:eu-west-1:123456789012:incidents");
    }
    String region = topic.group(2);
    String domain = topic.group(1).equals("aws-cn") ? "amazonaws.com.cn" : "amazonaws.com";
    URI uri =
        settings.find("url").isPresent()
            ? settings.webAddress("url")
            : URI.create("https://sns.%s.%s/".formatted(region, domain));
    return new Sns(
        uri,
        new HttpEndpoint(uri, settings.seconds("timeoutSeconds"), outbound),
        region,
        topicArn,
        settings.text("source"),
        credentials(settings));
  }

  private static AwsCredentialsProvider credentials(ChannelSettings settings) {
    Optional<String> id = settings.find("accessKeyId");
    Optional<String> secret = settings.find("secretAccessKey");
    if (id.isPresent() != secret.isPresent()) {
      String missing = id.isPresent() ? "secretAccessKey" : "accessKeyId";
      throw settings.invalid(missing, "is missing: a key and its secret go together");
    }
    return id.isPresent()
        ? StaticCredentialsProvider.create(
            AwsBasicCredentials.create(id.get(), secret.orElseThrow()))
        : DefaultCredentialsProvider.builder().build();
  }
}
