using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServiceOffices.Publishing;

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
