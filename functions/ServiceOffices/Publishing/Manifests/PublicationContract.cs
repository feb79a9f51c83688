using System.Security.Cryptography;
using System.Text;
using ODataEngine.Formats;
using ODataEngine.Model;

namespace ServiceOffices.Publishing.Manifests;

/// <summary>Describes everything that is published apart from the data; if it changes, a new revision is published.</summary>
internal static class PublicationContract
{
    /// <summary>Computes 16 hexadecimal digits that change with a set, a column, its type, or a format or its version.</summary>
    public static string ComputeHash(EntityModel model, IEnumerable<ExportFormat> formats)
    {
        var description = new StringBuilder();
        var described = new HashSet<StructuredType>();
        foreach (var set in model.Sets)
        {
            description.Append(set.Name).Append(':');
            AppendDescription(description, set.Type, described);
        }

        foreach (var format in formats)
        {
            description.Append(format.Name).Append(' ').Append(format.MediaType).Append(' ').Append(format.Version).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(description.ToString())).AsSpan(0, 8));
    }

    private static void AppendDescription(StringBuilder description, StructuredType type, HashSet<StructuredType> described)
    {
        description.Append(type.FullName).Append('\n');
        if (!described.Add(type))
        {
            return;
        }

        foreach (var property in type.Properties)
        {
            description.Append(property.Name).Append(' ').Append(property.Type.FullName).Append(property.IsNullable ? '?' : ' ').Append(property.Unit).Append('\n');
            if (!property.IsNavigation && property.ElementType is StructuredType part)
            {
                AppendDescription(description, part, described);
            }
        }
    }
}
