using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServiceOffices.Publishing;

/// <summary>The JSON of the files that the publisher keeps for itself: UTF-8, camelCase, åäö as they are, nulls left out.</summary>
[JsonSerializable(typeof(CurrentPointer))]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(HistoryPage))]
[JsonSerializable(typeof(RegisterSnapshot))]
internal sealed partial class PublishingJsonContext : JsonSerializerContext
{
    public const string MediaType = "application/json";

    public static PublishingJsonContext Instance { get; } = CreateWithConverters();

    /// <summary>The same with some values read or written another way.</summary>
    public static PublishingJsonContext CreateWithConverters(params IEnumerable<JsonConverter> converters)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            // What is computed from other properties is computed again when read.
            IgnoreReadOnlyProperties = true,
        };
        foreach (var converter in converters)
        {
            options.Converters.Add(converter);
        }

        return new PublishingJsonContext(options);
    }
}
