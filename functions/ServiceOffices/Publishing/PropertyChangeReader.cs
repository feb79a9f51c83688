using System.Text.Json;
using System.Text.Json.Serialization;

namespace ServiceOffices.Publishing;

/// <summary>
/// Reads what changed of a property. Of all that a history holds there is most of this, and the general reader makes an object
/// of 88 bytes for the arguments of each one's constructor.
/// </summary>
internal sealed class PropertyChangeReader(PooledStrings strings) : JsonConverter<PropertyChange>
{
    public override PropertyChange Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? property = null, oldValue = null, newValue = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ref var value = ref property;
            if (reader.ValueTextEquals("oldValue"u8))
            {
                value = ref oldValue;
            }
            else if (reader.ValueTextEquals("newValue"u8))
            {
                value = ref newValue;
            }
            else if (!reader.ValueTextEquals("property"u8))
            {
                reader.Skip();
                continue;
            }

            reader.Read();
            value = strings.Read(ref reader, typeof(string), options);
        }

        return new PropertyChange(property ?? throw new JsonException("A change of a property must name it."), oldValue, newValue);
    }

    public override void Write(Utf8JsonWriter writer, PropertyChange value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Changes are written by the general writer.");
}
