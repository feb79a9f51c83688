using ODataEngine.Model;
using ServiceOffices.Register.Model;
using ServiceOffices.Register.Validation;

namespace ServiceOffices.Schema;

/// <summary>
/// The columns of an entity set that editors maintain, in the order of its downloads. Each column is defined once. The entity
/// type (and with it <c>$metadata</c>, the files, the data dictionary and the OpenAPI description), the rows of both stores,
/// the edit forms and the validation derive from that definition.
/// </summary>
/// <typeparam name="TRow">A published row.</typeparam>
/// <typeparam name="TEntity">The part of it that editors maintain and that the stores hold.</typeparam>
internal sealed partial class EntityColumns<TRow, TEntity>(string ns, string name, Func<TRow, TEntity> getEntity)
    where TRow : class
    where TEntity : class
{
    private readonly List<EntityColumn> columns = [];
    private readonly List<StoredColumn<TEntity>> stored = [];
    private readonly List<Action<FieldValidator, string, TEntity>> rules = [];

    /// <summary>The published entity type. Navigation properties are added to it directly.</summary>
    public TypeMapping<TRow> Mapping { get; } = new(ns, name);

    /// <summary>Every column, computed ones included; a complex property has one column for each of its parts.</summary>
    public IReadOnlyList<EntityColumn> All => columns;

    /// <summary>The columns that a store holds in addition to the key.</summary>
    public IReadOnlyList<StoredColumn<TEntity>> Stored => stored;

    /// <summary>Sets every stored column of a row on an entity that has only its key; the result is undefined if the reader found problems.</summary>
    public TEntity Read(TEntity entity, StoredRowReader row)
    {
        foreach (var column in stored)
        {
            entity = column.Read(entity, row, column.Name);
        }

        return entity;
    }

    /// <summary>Reports every problem of the entity's columns, in their order.</summary>
    /// <param name="prefix">Precedes each field's name: <c>address.</c>; empty for an entity by itself.</param>
    public void Validate(FieldValidator validator, string prefix, TEntity entity)
    {
        foreach (var rule in rules)
        {
            rule(validator, prefix, entity);
        }
    }

    /// <summary>Sets the RDF terms of the last column; before the first column, the classes of the type (<see cref="Property.Terms"/>).</summary>
    public EntityColumns<TRow, TEntity> WithTerms(params string[] names)
    {
        Mapping.WithTerms(names);
        return this;
    }

    /// <summary>Sets the order of the last column, a string.</summary>
    public EntityColumns<TRow, TEntity> WithCollation(Collation collation)
    {
        Mapping.WithCollation(collation);
        return this;
    }

    /// <summary>Adds a rule to the last column. It receives the field's name and the entity.</summary>
    public EntityColumns<TRow, TEntity> WithRule(Action<FieldValidator, string, TEntity> check)
    {
        var field = columns[^1].Name;
        rules.Add((validator, prefix, entity) => check(validator, prefix + field, entity));
        return this;
    }

    /// <summary>Adds a string that is the key or a part of it.</summary>
    public EntityColumns<TRow, TEntity> HasKeyPart(string column, Func<TEntity, string> read, LocalizedString title, LocalizedString description)
    {
        Mapping.HasProperty(column, row => read(getEntity(row)), title, description, required: true);
        return AddKeyPart(column, StoredColumnType.String);
    }

    /// <summary>Adds a whole number that is a part of the key.</summary>
    public EntityColumns<TRow, TEntity> HasKeyPart(string column, Func<TEntity, int> read, LocalizedString title, LocalizedString description)
    {
        Mapping.HasProperty(column, row => read(getEntity(row)), title, description);
        return AddKeyPart(column, StoredColumnType.Number);
    }

    /// <summary>Adds a string that follows from other columns when the register is published.</summary>
    public EntityColumns<TRow, TEntity> HasComputed(string column, Func<TRow, string?> read, LocalizedString title, LocalizedString description, CodeList? codes = null)
    {
        Mapping.HasProperty(column, read, title, description, allowedValues: codes?.ToAllowedValues());
        return AddComputed(column);
    }

    /// <summary>Adds a value that follows from other columns when the register is published.</summary>
    public EntityColumns<TRow, TEntity> HasComputed<T>(string column, Func<TRow, T> read, LocalizedString title, LocalizedString description)
        where T : struct
    {
        Mapping.HasProperty(column, read, title, description);
        return AddComputed(column);
    }

    /// <inheritdoc cref="HasComputed{T}(string, Func{TRow, T}, LocalizedString, LocalizedString)"/>
    public EntityColumns<TRow, TEntity> HasComputed<T>(string column, Func<TRow, T?> read, LocalizedString title, LocalizedString description)
        where T : struct
    {
        Mapping.HasProperty(column, read, title, description);
        return AddComputed(column);
    }

    private EntityColumns<TRow, TEntity> AddKeyPart(string column, StoredColumnType type)
    {
        columns.Add(new EntityColumn(column, null, type, IsKey: true, IsList: false));
        return this;
    }

    private EntityColumns<TRow, TEntity> AddComputed(string column)
    {
        columns.Add(new EntityColumn(column, null, StoredColumnType.String, IsKey: false, IsList: false));
        return this;
    }
}

/// <summary>A column of an entity set's downloads.</summary>
/// <param name="Name">The name in downloads: <c>address/street</c>.</param>
/// <param name="StoredName">The stored column; null for a part of the key and for a computed column.</param>
/// <param name="Type">The stored type, or the type of the cells of a column that is not stored.</param>
/// <param name="IsList">True if the value is a JSON array.</param>
public sealed record EntityColumn(string Name, string? StoredName, StoredColumnType Type, bool IsKey, bool IsList)
{
    /// <summary>True if the value follows from other columns when the register is published.</summary>
    public bool IsComputed => StoredName is null && !IsKey;
}
