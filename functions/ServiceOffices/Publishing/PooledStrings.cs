using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServiceOffices.Publishing;

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
