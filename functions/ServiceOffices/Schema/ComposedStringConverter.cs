using System.Text.Json;
using System.Text.Json.Serialization;
using ODataEngine.Model;

namespace ServiceOffices.Schema;

/// <summary>Reads strings in JSON with composed letters, also those that are written with escapes (<c>A\u030A</c>).</summary>
internal sealed class ComposedStringConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ComposedText.Compose(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
