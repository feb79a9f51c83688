using System.Security.Cryptography;
using System.Text;
using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

/// <summary>What a platform publishes, apart from the data: another contract makes another revision.</summary>
internal static class PublicationContract
{
    /// <summary>16 hexadecimal digits that differ where a set, a column, its type or a format does.</summary>
    public static string Of(EntityModel model, IEnumerable<ExportFormat> formats)
    {
        var text = new StringBuilder();
        var described = new HashSet<StructuredType>();
        foreach (var set in model.Sets)
        {
            text.Append(set.Name).Append(':');
            Describe(text, set.Type, described);
        }

        foreach (var format in formats)
        {
            text.Append(format.Name).Append(' ').Append(format.MediaType).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, 8));
    }

    private static void Describe(StringBuilder text, StructuredType type, HashSet<StructuredType> described)
    {
        text.Append(type.FullName).Append('\n');
        if (!described.Add(type))
        {
            return;
        }

        foreach (var property in type.Properties)
        {
            text.Append(property.Name).Append(' ').Append(property.Type.FullName).Append(property.Nullable ? '?' : ' ').Append(property.Unit).Append('\n');
            if (!property.IsNavigation && property.ElementType is StructuredType part)
            {
                Describe(text, part, described);
            }
        }
    }
}
