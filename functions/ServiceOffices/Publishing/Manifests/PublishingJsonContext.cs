using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ServiceOffices.Publishing.History;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Publishing.Manifests;

/// <summary>
/// Reads what changed of a property. Of all that a history holds there is most of this, and the general reader makes one
/// object more for the arguments of each one's constructor.
/// </summary>
internal sealed class PropertyChangeConverter(StringPoolConverter strings) : JsonConverter<PropertyChange>
{
    public override PropertyChange Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? property = null, oldValue = null, newValue = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("property"u8))
            {
                property = ReadString(ref reader, options);
            }
            else if (reader.ValueTextEquals("oldValue"u8))
            {
                oldValue = ReadString(ref reader, options);
            }
            else if (reader.ValueTextEquals("newValue"u8))
            {
                newValue = ReadString(ref reader, options);
            }
            else
            {
                reader.Skip();
            }
        }

        return new PropertyChange(property ?? throw new JsonException("A change of a property must name it."), oldValue, newValue);
    }

    public override void Write(Utf8JsonWriter writer, PropertyChange value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Changes are written by the general writer.");

    private string? ReadString(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        reader.Read();
        return strings.Read(ref reader, typeof(string), options);
    }
}

/// <summary>
/// Reads equal strings as one object where they come often: codes, dates, sources, names of properties, opening hours as JSON.
/// For one reader at a time.
/// </summary>
internal sealed class StringPoolConverter : JsonConverter<string>
{
    private const int MaxPooledStrings = 4096;
    private const int MaxStringBytes = 1024;

    private readonly char[] buffer = new char[MaxStringBytes];
    private readonly Dictionary<string, string> pool = new(StringComparer.Ordinal);

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || reader.HasValueSequence || reader.ValueSpan.Length > MaxStringBytes)
        {
            return reader.GetString();
        }

        ReadOnlySpan<char> characters = buffer.AsSpan(0, reader.CopyString(buffer));
        var lookup = pool.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(characters, out var pooled))
        {
            return pooled;
        }

        var added = characters.ToString();
        if (pool.Count < MaxPooledStrings)
        {
            pool.Add(added, added);
        }

        return added;
    }

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

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
