using System.Collections.Immutable;
using Microsoft.OData.Edm;
using ODataEngine.Model;

namespace ODataEngine.Protocol.Metadata;

/// <summary>
/// Converts an <see cref="EntityModel"/> to a model of Microsoft.OData.Edm: entity, complex and enumeration types, and one
/// entity container named <c>Container</c>. <see cref="MetadataDocument"/> adds the annotations.
/// </summary>
public sealed class EdmModelBuilder
{
    public const string ContainerName = "Container";

    /// <summary>Ticks of 100 ns; without the facet, whole seconds would be assumed (CSDL XML 4.01, 7.2.3).</summary>
    private const int TemporalPrecision = 7;

    private const int Wgs84 = 4326;

    private readonly EntityModel model;
    private readonly EdmModel edm = new();
    private readonly List<(StructuredType Type, EdmStructuredType Declared)> structured = [];

    private EdmModelBuilder(EntityModel model) => this.model = model;

    /// <exception cref="ArgumentException">A navigation property targets a set that does not exist.</exception>
    public static EdmModel Build(EntityModel model)
    {
        var builder = new EdmModelBuilder(model);
        foreach (var set in model.Sets)
        {
            builder.Declare(set.Type);
        }

        // After all types, since any type can be a target.
        foreach (var (type, declared) in builder.structured)
        {
            builder.AddNavigation(type, declared);
        }

        foreach (var (type, declared) in builder.structured)
        {
            builder.AddPartners(type, declared);
        }

        builder.AddContainer();
        return builder.edm;
    }

    /// <summary>Gets the EDM type of a type of the model that <paramref name="edm"/> was built from.</summary>
    internal static IEdmSchemaType FindType(IEdmModel edm, DataType type) =>
        edm.FindDeclaredType(type.FullName) ?? throw new ArgumentException($"The EDM has no type {type.FullName}.", nameof(type));

    private IEdmSchemaType Declare(DataType type) => type switch
    {
        _ when edm.FindDeclaredType(type.FullName) is { } declared => declared,
        StructuredType structure => DeclareStructured(structure),
        EnumType enumeration => DeclareEnum(enumeration),
        _ => throw new ArgumentException($"{type.FullName} is not a type that a schema declares.", nameof(type)),
    };

    private IEdmSchemaType DeclareStructured(StructuredType type)
    {
        var ns = GetNamespace(type);
        var baseType = type.BaseType is null ? null : Declare(type.BaseType);
        if (edm.FindDeclaredType(type.FullName) is { } declaredByBase)
        {
            return declaredByBase;
        }

        EdmStructuredType declared = type.IsEntity
            ? new EdmEntityType(ns, type.Name, (IEdmEntityType?)baseType)
            : new EdmComplexType(ns, type.Name, (IEdmComplexType?)baseType, isAbstract: false);
        var element = (IEdmSchemaType)declared;
        // Before its properties, since a type can refer to itself.
        edm.AddElement(element);
        structured.Add((type, declared));
        foreach (var property in type.OwnProperties.Where(property => !property.IsNavigation))
        {
            declared.AddStructuralProperty(property.Name, CreateTypeReference(property.Type, property.IsNullable));
        }

        if (type.BaseType is null)
        {
            (declared as EdmEntityType)?.AddKeys(type.Key.Select(part => (IEdmStructuralProperty)declared.FindProperty(part.Name)));
        }

        foreach (var derived in type.DerivedTypes)
        {
            Declare(derived);
        }

        return element;
    }

    private EdmEnumType DeclareEnum(EnumType type)
    {
        var ns = GetNamespace(type);
        var declared = new EdmEnumType(ns, type.FullName[(ns.Length + 1)..], EdmPrimitiveTypeKind.Int32, isFlags: false);
        foreach (var (name, value) in type.Members)
        {
            declared.AddMember(name, new EdmEnumMemberValue(value));
        }

        edm.AddElement(declared);
        return declared;
    }

    // The flag of a collection applies to its items (CSDL XML 4.01, 7.2.1).
    private IEdmTypeReference CreateTypeReference(DataType type, bool nullable) => type switch
    {
        CollectionType collection => new EdmCollectionTypeReference(new EdmCollectionType(CreateTypeReference(collection.Element, nullable))),
        PrimitiveType primitive => CreateTypeReference(primitive, nullable),
        EnumType => new EdmEnumTypeReference((IEdmEnumType)Declare(type), nullable),
        _ => new EdmComplexTypeReference((IEdmComplexType)Declare(type), nullable),
    };

    private static IEdmPrimitiveTypeReference CreateTypeReference(PrimitiveType type, bool nullable)
    {
        var kind = Enum.Parse<EdmPrimitiveTypeKind>(type.Kind.ToString());
        return type.Kind switch
        {
            _ when type.IsGeography => EdmCoreModel.Instance.GetSpatial(kind, Wgs84, nullable),
            PrimitiveKind.TimeOfDay or PrimitiveKind.DateTimeOffset or PrimitiveKind.Duration =>
                EdmCoreModel.Instance.GetTemporal(kind, TemporalPrecision, nullable),
            // The scale is variable: without the facet, integers would be assumed (CSDL XML 4.01, 7.2.4).
            PrimitiveKind.Decimal => EdmCoreModel.Instance.GetDecimal(precision: null, scale: null, nullable),
            _ => EdmCoreModel.Instance.GetPrimitive(kind, nullable),
        };
    }

    private void AddNavigation(StructuredType type, EdmStructuredType declared)
    {
        foreach (var property in type.OwnProperties.Where(property => property.IsNavigation))
        {
            if (model.Find(property.TargetSet!) is null)
            {
                throw new ArgumentException($"{type.FullName}/{property.Name} targets '{property.TargetSet}', which is not a set of the model.", nameof(type));
            }

            declared.AddUnidirectionalNavigation(new EdmNavigationPropertyInfo
            {
                Name = property.Name,
                Target = (IEdmEntityType)FindType(edm, property.ElementType),
                TargetMultiplicity = property switch
                {
                    { IsCollection: true } => EdmMultiplicity.Many,
                    { IsNullable: true } => EdmMultiplicity.ZeroOrOne,
                    _ => EdmMultiplicity.One,
                },
            });
        }
    }

    private void AddPartners(StructuredType type, EdmStructuredType declared)
    {
        // Navigation properties of complex types have no partner (CSDL XML 4.01, 8.4).
        if (declared is not EdmEntityType entity)
        {
            return;
        }

        foreach (var property in type.OwnProperties.Where(property => property.Partner is not null))
        {
            var navigation = (EdmNavigationProperty)entity.FindProperty(property.Name);
            if (((IEdmEntityType)FindType(edm, property.ElementType)).FindProperty(property.Partner!) is EdmNavigationProperty partner)
            {
                entity.SetNavigationPropertyPartner(navigation, new EdmPathExpression(navigation.Name), partner, new EdmPathExpression(partner.Name));
            }
        }
    }

    private void AddContainer()
    {
        var container = new EdmEntityContainer(model.Namespace, ContainerName);
        edm.AddElement(container);
        foreach (var set in model.Sets)
        {
            container.AddEntitySet(set.Name, (IEdmEntityType)FindType(edm, set.Type));
        }

        foreach (var set in model.Sets)
        {
            BindNavigation(container, (EdmEntitySet)container.FindEntitySet(set.Name), set.Type, [], []);
        }
    }

    // Binds navigation properties to their sets, also those of complex properties: address/country (CSDL XML 4.01, 13.4).
    private void BindNavigation(EdmEntityContainer container, EdmEntitySet source, StructuredType type, ImmutableList<StructuredType> visitedTypes, IEnumerable<string> path)
    {
        // Inherited properties are bound with the base type.
        var inherits = visitedTypes is [.., var previousType] && previousType == type.BaseType;
        visitedTypes = visitedTypes.Add(type);
        foreach (var property in inherits ? type.OwnProperties : type.Properties)
        {
            if (property.IsNavigation)
            {
                var navigation = (IEdmNavigationProperty)((IEdmStructuredType)FindType(edm, type)).FindProperty(property.Name);
                source.AddNavigationTarget(navigation, container.FindEntitySet(property.TargetSet!), new EdmPathExpression(path.Append(property.Name)));
            }
            else if (property.ElementType is StructuredType complexType && !visitedTypes.Contains(complexType))
            {
                BindNavigation(container, source, complexType, visitedTypes, path.Append(property.Name));
            }
        }

        foreach (var derived in type.DerivedTypes)
        {
            BindNavigation(container, source, derived, visitedTypes, path.Append(derived.FullName));
        }
    }

    private static string GetNamespace(DataType type) => type.FullName[..type.FullName.LastIndexOf('.')];
}
