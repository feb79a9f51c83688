using System.Text.Json;
using ServiceOffices.Schema;
using ServiceOffices.Storage;

namespace ServiceOffices.Editing.Imports;

/// <summary>Writes the whole register as a document that can be imported: offices and events with all columns that editors set.</summary>
public static class RegisterExport
{
    /// <summary>Writes an object with two arrays, one line for each entity, in UTF-8.</summary>
    public static byte[] ToJson(RegisterContent content)
    {
        using var output = new MemoryStream();
        output.Write("{\"offices\":["u8);
        WriteLines(output, content.Entries.Select(stored => stored.Entry.Office));
        output.Write("],\"events\":["u8);
        WriteLines(output, content.Entries.SelectMany(stored => stored.Entry.Events));
        output.Write("]}\n"u8);
        return output.ToArray();
    }

    private static void WriteLines<T>(MemoryStream output, IEnumerable<T> items)
    {
        var isFirst = true;
        foreach (var item in items)
        {
            output.Write(isFirst ? "\n"u8 : ",\n"u8);
            JsonSerializer.Serialize(output, item, StoredValueFormat.JsonOptions);
            isFirst = false;
        }

        output.Write("\n"u8);
    }
}
