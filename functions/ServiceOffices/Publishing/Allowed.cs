using ServiceOffices.Register;
using ServiceOffices.Tables;

namespace ServiceOffices.Publishing;

/// <summary>A code list as a column states it.</summary>
internal static class AllowedValues
{
    public static IReadOnlyList<AllowedValue> From(CodeList list) =>
        [.. list.Codes.Select(code => new AllowedValue(code.Value, new LocalizedString(code.En, code.Sv)))];
}
