using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ServiceOffices.Publishing.History;
using ServiceOffices.Register.Published;

namespace ServiceOffices.Publishing.Manifests;

/// <summary>
/// Reads changes of properties. A history consists mostly of them, and the default converter allocates one more object for the
/// constructor arguments of each.
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

        return new PropertyChange(property ?? throw new JsonException("A property change must have a property name."), oldValue, newValue);
    }

    public override void Write(Utf8JsonWriter writer, PropertyChange value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Changes are written by the default converter.");

    private string? ReadString(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        reader.Read();
        return strings.Read(ref reader, typeof(string), options);
    }
}

/// <summary>
/// Reads equal strings as one object, because many repeat: codes, dates, sources, names of properties, opening hours as JSON.
/// Not safe for concurrent use.
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

/// <summary>The JSON of the publisher's own files: UTF-8, camelCase, åäö unescaped, nulls omitted.</summary>
[JsonSerializable(typeof(CurrentPointer))]
[JsonSerializable(typeof(Manifest))]
[JsonSerializable(typeof(HistoryPage))]
[JsonSerializable(typeof(RegisterSnapshot))]
internal sealed partial class PublishingJsonContext : JsonSerializerContext
{
    public const string MediaType = "application/json";

    public static PublishingJsonContext Instance { get; } = CreateWithConverters();

    /// <summary>Creates a context with converters.</summary>
    public static PublishingJsonContext CreateWithConverters(params IEnumerable<JsonConverter> converters)
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            // Computed properties are recomputed when read.
            IgnoreReadOnlyProperties = true,
        };
        foreach (var converter in converters)
        {
            options.Converters.Add(converter);
        }

        return new PublishingJsonContext(options);
    }
}
