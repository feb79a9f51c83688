using ODataEngine.Formats.Geo;
using ODataEngine.Model;
using Parquet.Schema;

namespace ODataEngine.Formats.Parquet;

/// <summary>Builds the Parquet schema of a table's columns, with a column writer for each leaf.</summary>
internal sealed class ParquetSchemaBuilder
{
    private const string ListElementName = "element"; // Apache Parquet, LogicalTypes: LIST

    private readonly RowSet rows;
    private readonly List<ParquetColumnWriter> columnWriters = [];

    public ParquetSchemaBuilder(RowSet rows)
    {
        this.rows = rows;
        Fields = [.. CreateFields(rows.Table, [])];
    }

    public IReadOnlyList<Field> Fields { get; }

    /// <summary>Gets the column writers in the order of the schema's leaves.</summary>
    public IReadOnlyList<ParquetColumnWriter> ColumnWriters => columnWriters;

    private IEnumerable<Field> CreateFields(Table table, Column[] path)
    {
        var properties = table.Type.AllProperties;
        for (var i = 0; i < properties.Count; i++)
        {
            if (!properties[i].IsNavigation && CreateField(properties[i].Name, table.GetColumn(i), path, table.Type.Key.Contains(properties[i])) is { } field)
            {
                yield return field;
            }
        }
    }

    /// <summary>Creates the field of a column; null for a structure without properties, because Parquet has no empty groups.</summary>
    private Field? CreateField(string name, Column column, Column[] path, bool isKey)
    {
        switch (column)
        {
            case ComplexColumn complex:
                Field[] parts = [.. CreateFields(complex.Fields, [.. path, complex])];
                return parts.Length == 0 ? null : new StructField(name, parts);
            case CollectionColumn { Property.ElementType: StructuredType } collection:
                Field[] members = [.. CreateFields(collection.Elements, [.. path, collection])];
                return members.Length == 0 ? null : new ListField(name, new StructField(ListElementName, members));
            case CollectionColumn collection:
                return new ListField(name, CreateField(ListElementName, collection.Elements.GetColumn(0), [.. path, collection], isKey: false)!);
            default:
                var (field, columnWriter) = CreateDataField(name, column, path, isNullable: path.Length > 0 || !isKey);
                columnWriters.Add(columnWriter);
                return field;
        }
    }

    private (DataField Field, ParquetColumnWriter ColumnWriter) CreateDataField(string name, Column column, Column[] path, bool isNullable)
    {
        return column switch
        {
            ValueColumn<string> c => ForString(c, value => value),
            ValueColumn<double> c => ForValue(c),
            ValueColumn<float> c => ForValue(c),
            ValueColumn<bool> c => ForValue(c),
            ValueColumn<int> { Property.ElementType: EnumType type } c => ForString(c, value => JsonValueWriter.GetMemberName(type, value)),
            ValueColumn<int> c => ForValue(c),
            ValueColumn<long> c => ForValue(c),
            ValueColumn<short> c => ForValue(c),
            ValueColumn<byte> c => ForValue(c),
            ValueColumn<sbyte> c => ForValue(c),
            ValueColumn<Guid> c => ForValue(c),
            ValueColumn<DateOnly> c => ForValue(c),
            ValueColumn<DateTimeOffset> c => (
                new DateTimeDataField(name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Micros, isNullable), new ParquetColumnWriter<DateTimeOffset, DateTime>(c, path, value => value.UtcDateTime)),
            ValueColumn<decimal> c => ForDecimal(c),
            ValueColumn<GeoPoint> c => ForBinary(c, WkbEncoder.Encode),
            ValueColumn<Geometry> c => ForBinary(c, WkbEncoder.Encode),
            ValueColumn<byte[]> c => ForBinary(c, value => value),
            // A string, because the library's only type for a time of day is adjusted to UTC.
            ValueColumn<TimeOnly> c => ForString(c, value => JsonValueWriter.Format(CreateSingleValueColumn(c, value), 0)!),
            ValueColumn<TimeSpan> c => ForString(c, value => JsonValueWriter.Format(CreateSingleValueColumn(c, value), 0)!),
            _ => throw new NotSupportedException($"Parquet does not support '{column.Property}' of type {column.Property.Type}."),
        };

        (DataField, ParquetColumnWriter) ForValue<T>(ValueColumn<T> source)
            where T : struct => (new DataField(name, typeof(T), isNullable), new ParquetColumnWriter<T, T>(source, path, value => value));

        (DataField, ParquetColumnWriter) ForString<T>(ValueColumn<T> source, Func<T, string> format) =>
            (new DataField(name, typeof(string), isNullable), new ParquetColumnWriter<T, ReadOnlyMemory<char>>(source, path, value => format(value).AsMemory()));

        (DataField, ParquetColumnWriter) ForBinary<T>(ValueColumn<T> source, Func<T, byte[]> encode) =>
            (new DataField(name, typeof(byte[]), isNullable), new ParquetColumnWriter<T, ReadOnlyMemory<byte>>(source, path, value => encode(value)));

        (DataField, ParquetColumnWriter) ForDecimal(ValueColumn<decimal> source)
        {
            var columnWriter = new ParquetColumnWriter<decimal, decimal>(source, path, value => value);
            var (digits, scale) = DecimalPrecision.Measure(columnWriter.ReadValues(rows.Rows));
            return digits + scale <= DecimalPrecision.MaxDigits
                ? (new DecimalDataField(name, Math.Max(1, digits + scale), scale, isNullable: isNullable), columnWriter)
                : ForString(source, value => JsonValueWriter.Format(CreateSingleValueColumn(source, value), 0)!);
        }
    }

    private static ValueColumn<T> CreateSingleValueColumn<T>(ValueColumn<T> template, T value) => new(template.Property, [value], null);
}

/// <summary>Computes the precision and scale of a decimal column.</summary>
internal static class DecimalPrecision
{
    /// <summary>The maximum precision that readers support.</summary>
    public const int MaxDigits = 38;

    /// <summary>Gets the maximum number of digits before the decimal point, at least 1, and after it.</summary>
    public static (int Digits, int Scale) Measure(IEnumerable<decimal> values)
    {
        var (digits, scale) = (1, 0);
        foreach (var value in values)
        {
            scale = Math.Max(scale, value.Scale);
            var integerPart = decimal.Truncate(Math.Abs(value));
            var length = 1;
            while (integerPart >= 10)
            {
                integerPart = decimal.Truncate(integerPart / 10);
                length++;
            }

            digits = Math.Max(digits, length);
        }

        return (digits, scale);
    }
}
